import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { silentLog } from '../pool/testing/records.ts';
import { listenOnSocket } from './listen-on-socket.ts';
import type { RpcHandlers } from './rpc-handlers.ts';
import { createRpcServer, type RpcServer } from './rpc-server.ts';

const token = 'a-token-of-at-least-32-characters';
const authorization = `Bearer ${token}`;
let folder: string;
let socketPath: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'belowdeck-socket-'));
  socketPath = path.join(folder, 'sandboxd.sock');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** A file of a socket on which nobody listens any more, as kill -9 leaves it. */
async function leaveStale(): Promise<void> {
  const server = net.createServer().listen(`${socketPath}.living`);
  await pause(20);
  // The name that the server would remove when it ends is not the one that stays.
  fs.renameSync(`${socketPath}.living`, socketPath);
  await new Promise(resolve => server.close(resolve));
}

it('takes the place of what was left, for every user', async () => {
  await leaveStale();
  const server = net.createServer(socket => socket.end('new'));
  await listenOnSocket(server, socketPath);
  expect(fs.statSync(socketPath).mode & 0o777).toBe(0o666);
  let text = '';
  for await (const chunk of net.createConnection(socketPath)) text += chunk;
  expect(text).toBe('new');
  await new Promise(resolve => server.close(resolve));
  expect(fs.existsSync(socketPath)).toBe(false);
});

describe('the RPC server on a socket', () => {
  let server: RpcServer;
  const create = (addresses: string[]) =>
    createRpcServer({
      handlers: { 'terminal.close': () => ({}) } as unknown as RpcHandlers,
      token,
      port: 0,
      addresses,
      socket: socketPath,
      attachWatch: socket => socket.close(4200),
      attachTerminal: socket => socket.close(4201),
      isHealthy: () => true,
      readiness: () => Promise.reject(new Error('not asked')),
      log: silentLog,
    });
  afterEach(() => server.stop());

  const status = (headers: Record<string, string>) =>
    new Promise(resolve => {
      const request = http.request({ socketPath, method: 'POST', path: '/rpc/terminal.close', headers }, response =>
        resolve(response.resume().statusCode),
      );
      request.end('{"terminalId":"0123456789abcdef"}');
    });
  const upgrade = (where: string, headers: Record<string, string>) =>
    new Promise(resolve => {
      const createConnection = () => net.createConnection(socketPath);
      const socket = new WebSocket(`ws://sandboxd${where}`, { headers, createConnection });
      socket.once('error', error => resolve(error.message));
      socket.once('close', resolve);
    });

  it('wants the token for everything, as at its address', async () => {
    server = create([]);
    await server.start();
    expect([await status({}), await status({ authorization: 'Bearer x' })]).toEqual([401, 401]);
    expect(await status({ authorization })).toBe(200);
    const terminal = '/terminal/0123456789abcdef';
    for (const where of ['/watch', terminal, '/forward/0123456789ab/80'])
      expect(await upgrade(where, {})).toContain('401');
    expect(await upgrade('/watch', { authorization })).toBe(4200);
    expect(await upgrade(terminal, { authorization })).toBe(4201);
  });

  it('goes on without one that cannot be made', async () => {
    fs.mkdirSync(socketPath);
    server = create(['127.0.0.1']);
    await server.start();
    expect(fs.statSync(socketPath).isDirectory()).toBe(true);
  });
});
