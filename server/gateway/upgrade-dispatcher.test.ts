import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { gatewayLimits } from './gateway-limits.ts';
import { UpgradeDispatcher } from './upgrade-dispatcher.ts';

const ada: Viewer = { userId: 'ada', role: 'learner', guest: false, name: 'Ada', email: 'ada@example.org' };

describe('UpgradeDispatcher', () => {
  let server: Server;
  let devServer: Server;
  let base: string;
  let signedIn: boolean;
  let member: boolean;
  const warnings: object[] = [];

  beforeEach(async () => {
    signedIn = true;
    member = true;
    server = createServer();
    devServer = createServer();
    const dispatcher = new UpgradeDispatcher({
      routes: [
        {
          pattern: /^\/ws\/echo\/(?<id>[a-z]+)$/,
          authorize: async (viewer, { id }) => {
            if (!member || id !== viewer.userId) throw new CodedError('not-found', 'not yours');
          },
          open: ({ socket, params, url }) => {
            socket.send(`hello ${params.id} ${url.searchParams.get('from')}`);
            socket.on('message', data => socket.send(data));
          },
        },
        {
          pattern: /^\/ws\/bug\/(?<attemptId>[a-z]+)$/,
          authorize: async () => undefined,
          open: () => {
            throw new Error('a bug');
          },
        },
        {
          pattern: /^\/ws\/broken$/,
          authorize: async () => undefined,
          open: () => {
            throw new CodedError('sandbox-ended', 'gone');
          },
        },
      ],
      viewerFrom: async headers => (signedIn && headers.get('cookie') === 'session=ada' ? ada : null),
      hostAllowed: host => host?.startsWith('127.0.0.1:') ?? false,
      originAllowed: headers => headers.get('origin') === 'http://here',
      devServer,
      log: { warn: fields => warnings.push(fields) },
      pingMs: 1_000,
      recheckMs: 30,
    });
    dispatcher.attach(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const good = { cookie: 'session=ada', origin: 'http://here' };
  const connect = (path: string, headers: Record<string, string> = good) => new WebSocket(base + path, { headers });
  const refusal = (socket: WebSocket) =>
    new Promise<number | undefined>(resolve => {
      socket.on('error', () => undefined);
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
    });

  it('lets the owner in, with the params and the query', async () => {
    const socket = connect('/ws/echo/ada?from=7');
    const [first] = await once(socket, 'message');
    expect(String(first)).toBe('hello ada 7');
    expect(socket.extensions).toBe('');
    socket.terminate();
  });

  it.each([
    ['a path nobody owns', '/learn/docker', good, 404],
    ['another origin', '/ws/echo/ada', { ...good, origin: 'http://evil' }, 403],
    ['no origin', '/ws/echo/ada', { cookie: good.cookie }, 403],
    ['another host', '/ws/echo/ada', { ...good, host: 'evil.example' }, 421],
    ['nobody signed in', '/ws/echo/ada', { origin: good.origin }, 401],
    ['somebody else', '/ws/echo/bob', good, 404],
    ['a path with dots', '/ws/echo/../echo/bob', good, 404],
  ])('refuses %s before the upgrade', async (_, path, headers, status) => {
    expect(await refusal(connect(path, headers))).toBe(status);
  });

  it('closes a socket whose session ended', async () => {
    const socket = connect('/ws/echo/ada');
    await once(socket, 'open');
    signedIn = false;
    const [code] = await once(socket, 'close');
    expect(code).toBe(4401);
  });

  it('closes a socket whose membership ended', async () => {
    const socket = connect('/ws/echo/ada');
    await once(socket, 'open');
    member = false;
    const [code] = await once(socket, 'close');
    expect(code).toBe(4404);
  });

  it('closes with the code of what went wrong while opening', async () => {
    const [code] = await once(connect('/ws/broken'), 'close');
    expect(code).toBe(4410);
  });

  it('logs a bug with whose attempt it was', async () => {
    const [code] = await once(connect('/ws/bug/ours'), 'close');
    expect(code).toBe(4500);
    expect(warnings.at(-1)).toMatchObject({ err: new Error('a bug'), attempt: 'ours' });
  });

  it('lets one account open so many sockets and no more', async () => {
    const open = await Promise.all(
      Array.from({ length: gatewayLimits.maxSocketsPerViewer }, async () => {
        const socket = connect('/ws/echo/ada');
        await once(socket, 'open');
        return socket;
      }),
    );
    expect(await refusal(connect('/ws/echo/ada'))).toBe(429);
    for (const socket of open) socket.close();
    await Promise.all(open.map(socket => once(socket, 'close')));
    const again = connect('/ws/echo/ada');
    await once(again, 'open');
    again.terminate();
  });

  it('refuses a message over the bound', async () => {
    const socket = connect('/ws/echo/ada');
    await once(socket, 'open');
    socket.send(Buffer.alloc(80 * 1024));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
  });

  it("hands Next's own sockets to the server that Next knows", async () => {
    const handed = once(devServer, 'upgrade');
    const socket = connect('/_next/webpack-hmr');
    socket.on('error', () => undefined);
    const [request] = await handed;
    expect(request.url).toBe('/_next/webpack-hmr');
    socket.terminate();
  });
});
