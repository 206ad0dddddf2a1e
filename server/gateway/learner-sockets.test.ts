import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { addUser } from '#data/testing/samples.ts';
import { openTestDb, type TestDb } from '#data/testing/test-db.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { AttemptMessage } from '#domain/protocol/live.ts';
import { encodeInput } from '#domain/protocol/terminal-frames.ts';
import { createAttemptService, type RunningAttemptService } from '../attempts/create-attempt-service.ts';
import { FakeSandboxd } from '../attempts/testing/fake-sandboxd.ts';
import { container, seen, twoStepLab } from '../attempts/testing/sample-attempt.ts';
import { attemptRoute } from './attempt-route.ts';
import { terminalRoute } from './terminal-route.ts';
import { UpgradeDispatcher } from './upgrade-dispatcher.ts';

const lab = twoStepLab();
const terminalId = 'a'.repeat(16);

/** Both sockets of a lab page, from the browser's end to a stand-in for sandboxd's terminal. */
describe('the sockets of a lab page', () => {
  let test: TestDb;
  let ada: Viewer;
  let boss: Viewer;
  let bob: Viewer;
  let service: RunningAttemptService;
  let sandboxd: FakeSandboxd;
  let server: Server;
  let upstream: WebSocketServer;
  let typed: string[];
  let asked: string[];
  let attemptId: string;
  const viewers = new Map<string, Viewer>();
  const portOf = (one: Server | WebSocketServer) => (one.address() as AddressInfo).port;

  beforeEach(async () => {
    test = await openTestDb();
    ada = await addUser(test.db, 'Ada');
    bob = await addUser(test.db, 'Bob');
    boss = await addUser(test.db, 'Boss', 'admin');
    for (const viewer of [ada, bob, boss]) viewers.set(viewer.userId, viewer);
    sandboxd = new FakeSandboxd();
    sandboxd.facts = seen();
    const log = { info: () => undefined, warn: () => undefined };
    service = createAttemptService({
      db: test.db,
      sandboxd,
      catalog: { lab: () => lab },
      log,
      now: Date.now,
      onProgress: () => undefined,
    });
    attemptId = (await service.start(ada, lab.course, lab.slug)).id;
    const { sandbox } = await service.startSandbox(ada, attemptId);
    sandboxd.terminals.push({
      id: terminalId,
      sandboxId: sandbox?.id ?? '',
      title: '1',
      cols: 80,
      rows: 24,
      openedAt: 1,
      exit: null,
    });

    typed = [];
    asked = [];
    upstream = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    upstream.on('connection', (socket, request) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      socket.on('message', data => typed.push(data.toString()));
      socket.send(Buffer.from([0, 0, 0, 0, 0, 0, 0, 0x24]));
    });
    const client = {
      terminalUrl: (id: string, from: number | null) =>
        `ws://127.0.0.1:${portOf(upstream)}/terminal/${id}?from=${from ?? 'start'}`,
      webSocket: {},
      headers: () => ({ authorization: 'Bearer secret' }),
    };
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    new UpgradeDispatcher({
      routes: [
        attemptRoute({ db: test.db, attempts: service }),
        terminalRoute({ db: test.db, attempts: service, sandboxd: client }),
      ],
      viewerFrom: async headers => viewers.get(headers.get('cookie') ?? '') ?? null,
      hostAllowed: () => true,
      originAllowed: () => true,
      log,
    }).attach(server);
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    for (const socket of upstream.clients) socket.terminate();
    upstream.close();
    await service.registry.stop();
    await test.close();
  });

  const connect = (path: string, viewer: Viewer) =>
    new WebSocket(`ws://127.0.0.1:${portOf(server)}${path}`, { headers: { cookie: viewer.userId } });

  it('begins with the whole state and then tells what turned green', async () => {
    const messages: AttemptMessage[] = [];
    const socket = connect(`/ws/attempt/${attemptId}`, ada);
    socket.on('message', data => messages.push(JSON.parse(String(data))));
    await vi.waitFor(() => expect(messages.length).toBeGreaterThanOrEqual(2), 5_000);
    sandboxd.facts = seen(container('web'));
    const [sandbox] = sandboxd.sandboxes.keys();
    service.registry.onWatch({ type: 'changed', sandboxId: sandbox ?? '', parts: ['containers'], seq: 2, at: 2 });
    const green = { type: 'task', task: expect.objectContaining({ state: 'passed' }) };
    // News of its ports may come before or after.
    await vi.waitFor(() => expect(messages).toContainEqual(expect.objectContaining(green)), 5_000);
    expect(messages.slice(0, 2).map(one => one.type)).toEqual(['attempt', 'sandbox']);
    const closed = once(socket, 'close');
    socket.close();
    await closed;
  });

  it('is nobody else’s', async () => {
    for (const path of [`/ws/attempt/${attemptId}`, `/ws/terminal/${attemptId}/${terminalId}`]) {
      const socket = connect(path, bob);
      socket.on('error', () => undefined);
      const [, response] = await once(socket, 'unexpected-response');
      expect(response.statusCode).toBe(404);
    }
  });

  it('passes keys on to sandboxd, with the token that no browser sees, from the byte asked for', async () => {
    const socket = connect(`/ws/terminal/${attemptId}/${terminalId}?from=12`, ada);
    // Sent as soon as the socket is open: nothing that was typed early is lost.
    socket.on('open', () => socket.send(encodeInput(Buffer.from('ls'))));
    const [output] = await once(socket, 'message');
    expect(Buffer.from(output).at(-1)).toBe(0x24);
    await vi.waitFor(() => expect(typed.join()).toContain('ls'));
    expect(asked).toEqual([`/terminal/${terminalId}?from=12 Bearer secret`]);
    socket.terminate();
  });

  it('lets who may look read, and drops what they type', async () => {
    const socket = connect(`/ws/terminal/${attemptId}/${terminalId}`, boss);
    await once(socket, 'message');
    socket.send(encodeInput(Buffer.from('rm -rf /')));
    socket.send(Buffer.from([0x11, 0, 0, 0, 0, 0, 1]));
    await vi.waitFor(() => expect(typed).toHaveLength(1));
    expect(typed.join()).not.toContain('rm');
    socket.terminate();
  });

  it('closes with a code when the terminal is not of this attempt', async () => {
    const socket = connect(`/ws/terminal/${attemptId}/${'b'.repeat(16)}`, ada);
    const [code, reason] = await once(socket, 'close');
    expect([code, String(reason)]).toEqual([4404, 'terminal-not-found']);
  });
});
