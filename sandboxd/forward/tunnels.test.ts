import http from 'node:http';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forwardPath, forwardProtocol } from '#domain/protocol/forward.ts';
import { memoryRegistry, recordOf, silentLog } from '../pool/testing/records.ts';
import { forwardLimits } from './forward-limits.ts';
import { createTunnels, type Tunnels } from './tunnels.ts';

const id = '0123456789ab';
const other = 'ba9876543210';
let touched: string[];
let dialled: string[];
let tunnels: Tunnels;
let front: http.Server;
let inside: net.Server;
let connections: net.Socket[];
let registry: ReturnType<typeof memoryRegistry>['registry'];

const portOf = (server: net.Server) => (server.address() as net.AddressInfo).port;
const listening = (server: net.Server) => new Promise<void>(done => server.listen(0, '127.0.0.1', done));

beforeEach(async () => {
  [touched, dialled, connections] = [[], [], []];
  registry = memoryRegistry([recordOf(id, { attemptId: 'a' }), recordOf(other, { state: 'ended' })]).registry;
  tunnels = createTunnels({
    registry,
    active: sandboxId => void touched.push(sandboxId),
    addressOf: async record => {
      dialled.push(record.sandbox.id);
      return '127.0.0.1';
    },
    log: silentLog,
    limits: { ...forwardLimits, perSandbox: 3, idleMs: 300 } as unknown as typeof forwardLimits,
  });
  front = http.createServer();
  front.on('upgrade', (request, socket, head) => {
    if (!tunnels.attach(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
  });
  inside = net.createServer({ allowHalfOpen: true }, socket => {
    connections.push(socket);
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  await Promise.all([listening(front), listening(inside)]);
});
afterEach(async () => {
  tunnels.stop();
  for (const socket of connections) socket.destroy();
  front.closeAllConnections();
  await Promise.all([front, inside].map(server => new Promise(done => server.close(done))));
});

/** Asks for a tunnel; the socket, or the refusal's status and code. */
function ask(path: string, upgrade = forwardProtocol): Promise<{ socket: net.Socket } | { refused: [number, string] }> {
  return new Promise((resolve, reject) => {
    const request = http.request({
      port: portOf(front),
      path,
      agent: false,
      headers: { connection: 'Upgrade', upgrade },
    });
    request.on('error', reject);
    request.on('upgrade', (_, socket, head) => {
      socket.unshift(head);
      resolve({ socket: socket as net.Socket });
    });
    request.on('response', async response => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ refused: [response.statusCode ?? 0, text ? JSON.parse(text).error.code : ''] });
    });
    request.end();
  });
}
async function open(port = portOf(inside)): Promise<net.Socket> {
  const answer = await ask(forwardPath(id, port));
  if ('refused' in answer) throw new Error(answer.refused.join(' '));
  return answer.socket;
}
async function all(socket: net.Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a tunnel', () => {
  it('carries megabytes both ways, whole, and ends when both sides have', async () => {
    const socket = await open();
    const sent = Buffer.alloc(8 * 1024 * 1024, 'belowdeck');
    const received = all(socket);
    socket.end(sent);
    expect((await received).equals(sent)).toBe(true);
    expect([dialled, touched[0]]).toEqual([[id], id]);
  });

  it('holds the sender back while nobody reads', async () => {
    const socket = await open();
    // Nothing is read at this end, so the echo fills what buffers there are on the way, and then nothing moves.
    socket.write(Buffer.alloc(64 * 1024 * 1024));
    await pause(150);
    expect(socket.writableLength).toBeGreaterThan(0);
    expect(socket.bytesWritten - socket.writableLength).toBeLessThan(32 * 1024 * 1024);
    socket.destroy();
  });

  it('ends with its sandbox, and not with another', async () => {
    const socket = await open();
    socket.on('error', () => {});
    const closed = new Promise(done => socket.on('close', done));
    tunnels.endAll(other);
    await pause(50);
    expect(socket.destroyed).toBe(false);
    tunnels.endAll(id);
    await closed;
    await expect.poll(() => connections[0]?.destroyed).toBe(true);
  });

  it('ends when nothing has moved for long', async () => {
    const socket = await open();
    await new Promise(done => socket.on('close', done).resume());
  });

  it('gives its place back', async () => {
    const sockets = await Promise.all([open(), open(), open()]);
    expect(await ask(forwardPath(id, portOf(inside)))).toEqual({ refused: [503, 'too-many-connections'] });
    sockets[0]?.destroy();
    await expect.poll(async () => 'socket' in (await ask(forwardPath(id, portOf(inside))))).toBe(true);
  });
});

describe('it is refused', () => {
  it('where nothing listens', async () => {
    const unused = net.createServer();
    await listening(unused);
    const port = portOf(unused);
    await new Promise(done => unused.close(done));
    expect(await ask(forwardPath(id, port))).toEqual({ refused: [502, 'port-closed'] });
  });

  it('for sandboxes that have ended or never were, without dialling', async () => {
    expect(await ask(forwardPath(other, 80))).toEqual({ refused: [410, 'sandbox-ended'] });
    expect(await ask(forwardPath('ffffffffffff', 80))).toEqual({ refused: [404, 'sandbox-not-found'] });
    expect(dialled).toEqual([]);
  });

  it.each([`/forward/${id}/0`, `/forward/${id}/65536`, `/forward/${id}/127.0.0.1:80`, `/forward/${id}/80?host=x`])(
    'for %s',
    async path => {
      expect(await ask(path)).toEqual({ refused: [400, 'bad-request'] });
      expect(dialled).toEqual([]);
    },
  );

  it('for another protocol, and leaves other paths alone', async () => {
    expect(await ask(forwardPath(id, portOf(inside)), 'websocket')).toEqual({ refused: [400, 'bad-request'] });
    expect(await ask('/watch')).toEqual({ refused: [404, ''] });
  });
});
