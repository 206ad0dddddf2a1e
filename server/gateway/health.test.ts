import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHealth } from './health.ts';

let server: Server;
let base: string;
let databaseUp: boolean;
const sandboxd = { reachable: true };

beforeEach(async () => {
  databaseUp = true;
  sandboxd.reachable = true;
  const health = createHealth({
    pingDatabase: async () => {
      if (!databaseUp) throw new Error('locked');
    },
    sandboxd,
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
  expect(await get('/api/health?x=1')).toEqual({ status: 200, body: '{"status":"ok"}' });
});

it('is ready when it can do its work, and says what is missing otherwise', async () => {
  expect((await get('/api/ready')).status).toBe(200);
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
