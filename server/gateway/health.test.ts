import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HostStatus } from '#domain/protocol/rpc.ts';
import { createHealth } from './health.ts';
import { createHostReadiness, type HostReadiness, isHostReady } from './host-readiness.ts';

let server: Server;
let base: string;
let databaseUp: boolean;
const sandboxd = { reachable: true };
const fine: HostReadiness = { engine: 'up', labImage: 'loaded', preflight: 'passed', network: 'fenced' };
let host: HostReadiness;

beforeEach(async () => {
  databaseUp = true;
  sandboxd.reachable = true;
  host = fine;
  const health = createHealth({
    pingDatabase: async () => {
      if (!databaseUp) throw new Error('locked');
    },
    sandboxd,
    hostReadiness: async () => host,
  });
  server = createServer((request, response) => {
    if (!health(request, response)) response.end('page');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const get = async (path: string) => {
  const response = await fetch(base + path);
  return { status: response.status, body: await response.text() };
};

it('is healthy as long as the process answers', async () => {
  databaseUp = false;
  sandboxd.reachable = false;
  for (const path of ['/healthz', '/api/health?x=1'])
    expect(await get(path)).toEqual({ status: 200, body: '{"status":"ok"}' });
});

it('is ready when it can do its work, and says what is missing otherwise', async () => {
  expect([(await get('/readyz')).status, (await get('/api/ready')).status]).toEqual([200, 200]);
  sandboxd.reachable = false;
  const away = await get('/api/ready');
  expect(away.status).toBe(503);
  expect(JSON.parse(away.body)).toMatchObject({ database: 'up', sandboxHost: 'unreachable' });
  databaseUp = false;
  expect(JSON.parse((await get('/api/ready')).body)).toMatchObject({ database: 'down' });
});

it('leaves everything else to the pages', async () => {
  expect((await get('/api/healthy')).body).toBe('page');
});

it.each<[Partial<HostReadiness>, number]>([
  [{ network: 'unfenced' }, 503],
  [{ preflight: 'accepted' }, 200],
  [{ preflight: 'refused' }, 503],
  [{ preflight: 'running' }, 503],
  [{ engine: 'down' }, 503],
  [{ labImage: 'missing' }, 503],
])('with a sandbox host that says %j answers %i', async (change, status) => {
  host = { ...fine, ...change };
  const answer = await get('/readyz');
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toMatchObject(change);
});

it('asks the sandbox host at most once a second, and knows nothing when it is away', async () => {
  const clock = { now: 0 };
  let calls = 0;
  const readiness = createHostReadiness(
    {
      call: async () => {
        calls++;
        throw new Error('away');
      },
    },
    () => clock.now,
  );
  await readiness();
  clock.now = 999;
  expect(await readiness()).toEqual({
    engine: 'unknown',
    labImage: 'unknown',
    preflight: 'unknown',
    network: 'unknown',
  });
  expect(calls).toBe(1);
  clock.now = 1_000;
  await readiness();
  expect(calls).toBe(2);
});

it('calls a full host ready: who comes gets a place in the queue', async () => {
  const full = {
    engine: { up: true, version: '26.1.5' },
    labImage: 'belowdeck/engine',
    preflight: { state: 'passed' },
    network: { fenced: true },
    pool: { warm: 0, warming: 0, target: 0, queued: 12, suspended: 0, announced: [] },
    sandboxes: 15,
    capacity: { maxSandboxes: 15, memoryFreeBytes: 0 },
  } as unknown as HostStatus;
  expect(isHostReady(await createHostReadiness({ call: async () => full })())).toBe(true);
});
