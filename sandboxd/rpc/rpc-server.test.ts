import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CodedError } from '#domain/protocol/errors.ts';
import { silentLog } from '../pool/testing/records.ts';
import { readinessOf } from './readiness.ts';
import type { RpcHandlers } from './rpc-handlers.ts';
import { createRpcServer, type RpcServer } from './rpc-server.ts';
import { createWatchHub } from './watch-hub.ts';

const token = 'a-token-of-at-least-32-characters';
const headers = { authorization: `Bearer ${token}` };
let port: number;
let server: RpcServer;
let healthy = true;
let fenced = true;
const attached: [string, number | null][] = [];
const hub = createWatchHub({ living: () => [], now: () => 42 });

/** Only what these tests call; the rest is never reached. */
const handlers = {
  'terminal.close': () => ({}),
  'sandbox.get': () => {
    throw new CodedError('sandbox-not-found', 'no sandbox', { learnerMessage: 'Gone. Start a fresh one.' });
  },
  'sandbox.list': () => {
    throw new Error('a bug with a secret path /root/x');
  },
  'facts.watch-processes': () => ({ extra: 'never sent' }),
} as unknown as RpcHandlers;

beforeAll(async () => {
  port = await freePort();
  server = createRpcServer({
    handlers,
    token,
    port,
    addresses: ['127.0.0.1'],
    attachWatch: hub.attach,
    attachTerminal: (socket, id, from) => {
      attached.push([id, from]);
      socket.close(4404);
    },
    isHealthy: () => healthy,
    readiness: () =>
      readinessOf({
        engineUp: healthy,
        labImage: async () => 'image',
        preflight: () => 'passed',
        fenced: () => fenced,
      }),
    log: silentLog,
  });
  await server.start();
});
afterAll(async () => {
  hub.stop();
  await server.stop();
});

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise(resolve => probe.close(resolve));
  return port;
}
const call = (method: string, body: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}/rpc/${method}`, { method: 'POST', body, headers, ...init });

describe('the RPC server', () => {
  it('answers a call, with nothing but what the contract names', async () => {
    const response = await call('facts.watch-processes', '{"sandboxId":"abcdef012345","forMs":5}');
    expect([response.status, await response.json()]).toEqual([200, {}]);
  });

  it('turns coded errors into their status, with a sentence for learners', async () => {
    const response = await call('sandbox.get', '{"sandboxId":"abcdef012345"}');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: { code: 'sandbox-not-found', message: 'no sandbox', learnerMessage: 'Gone. Start a fresh one.' },
    });
  });

  it('tells learners nothing of an unexpected error', async () => {
    const response = await call('sandbox.list', '{}');
    const { error } = await response.json();
    expect([response.status, error.code]).toEqual([500, 'internal']);
    expect(error.learnerMessage).not.toContain('secret');
  });

  it('refuses what is not a call', async () => {
    expect((await call('sandbox.get', '{"sandboxId":7}')).status).toBe(400);
    expect((await call('toString', '{}')).status).toBe(404);
    expect((await call('sandbox.get', 'x'.repeat(100_000))).status).toBe(400);
    expect((await call('sandbox.get', '', { headers: {} })).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${port}/rpc/sandbox.get`, { headers })).status).toBe(404);
  });

  it('shows its health to anybody', async () => {
    const status = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).status;
    expect(await status()).toBe(200);
    healthy = false;
    expect(await status()).toBe(503);
    healthy = true;
  });
});

it('says whether sandboxes are given away, and what is missing', async () => {
  const ready = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    return [response.status, await response.json()];
  };
  const fine = { ready: true, engine: 'up', labImage: 'loaded', preflight: 'passed', network: 'fenced' };
  expect(await ready()).toEqual([200, fine]);
  fenced = false;
  expect(await ready()).toEqual([503, { ...fine, ready: false, network: 'unfenced' }]);
  fenced = true;
  healthy = false;
  expect(await ready()).toEqual([503, { ...fine, ready: false, engine: 'down', labImage: 'unknown' }]);
  healthy = true;
});

describe('its numbers', () => {
  const metrics = (init: RequestInit = { headers }) => fetch(`http://127.0.0.1:${port}/metrics`, init);

  it('are for who has the token', async () => {
    expect((await metrics({})).status).toBe(401);
    expect((await metrics({ headers: { authorization: 'Bearer x' } })).status).toBe(401);
    expect((await metrics({ headers, method: 'POST' })).status).toBe(404);
  });

  it('count calls by method and outcome, those nobody made as one', async () => {
    await call('sandbox.get', '{"sandboxId":"abcdef012345"}');
    await call('made-up-by-a-caller', '{}');
    const response = await metrics();
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    expect(text).toMatch(/^belowdeck_rpc_seconds_count\{method="sandbox.get",outcome="sandbox-not-found"\} [1-9]/m);
    expect(text).toMatch(/^belowdeck_rpc_seconds_count\{method="unknown",outcome="not-found"\} [1-9]/m);
    expect(text).not.toContain('made-up');
  });
});

describe('its WebSockets', () => {
  const open = (path: string, options = { headers }) => new WebSocket(`ws://127.0.0.1:${port}${path}`, options);
  const refusal = (socket: WebSocket) =>
    new Promise<string>(resolve => socket.once('error', error => resolve(error.message)));

  it('greet a watcher with everything that lives', async () => {
    const socket = open('/watch');
    const first = await new Promise(resolve => socket.once('message', data => resolve(JSON.parse(String(data)))));
    expect(first).toEqual({ type: 'hello', at: 42, sandboxes: [] });
    socket.close();
  });

  it('pass a terminal on with its offset', async () => {
    for (const path of ['/terminal/0123456789abcdef?from=77', '/terminal/0123456789abcdef?from=x']) {
      const socket = open(path);
      expect(await new Promise(resolve => socket.once('close', resolve))).toBe(4404);
    }
    expect(attached).toEqual([
      ['0123456789abcdef', 77],
      ['0123456789abcdef', null],
    ]);
  });

  it('are refused without the token and elsewhere', async () => {
    expect(await refusal(open('/watch', { headers: { authorization: 'Bearer x' } }))).toContain('401');
    expect(await refusal(open('/terminal/..%2f..'))).toContain('404');
    expect(await refusal(open('/'))).toContain('404');
  });

  it('hang up on who was refused and stays', async () => {
    const peer = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    peer.on('error', () => {});
    peer.on('data', () => {});
    peer.write('GET /watch HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    // Whether anybody is at the other end is only seen by writing.
    const more = setInterval(() => peer.write('more'), 50);
    await new Promise(resolve => peer.on('close', resolve));
    clearInterval(more);
  });
});

describe('what is no address', () => {
  /** The head of the answer to a request as it is written here; other clients would not send it. */
  const raw = (lines: string[]) =>
    new Promise<string>(resolve => {
      const socket = net.connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
      socket.once('data', data => {
        resolve(String(data).split('\r\n')[0] ?? '');
        socket.destroy();
      });
    });
  const upgrade = (path: string, ...more: string[]) =>
    raw([`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket', ...more]);

  it.each(['//', '///', 'http://:80'])('is refused, and ends nothing: %s', async path => {
    expect(await upgrade(path)).toContain('401');
    expect(await upgrade(path, `Authorization: Bearer ${token}`)).toContain('404');
    expect(await raw([`GET ${path} HTTP/1.1`, 'Host: x'])).toContain('401');
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });
});
