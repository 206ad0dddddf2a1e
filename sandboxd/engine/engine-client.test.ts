import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEngineClient } from './engine-client.ts';
import { connectUnix } from './unix-connect.ts';

const bounds = { timeoutMs: 400, maxBytes: 1000 };
const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A real unix socket whose server does what a hostile dockerd might do. */
async function clientOf(serve: (socket: net.Socket) => void) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'engine-'));
  const file = path.join(folder, 'docker.sock');
  const sockets = new Set<net.Socket>();
  const server = net.createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => serve(socket));
  });
  await new Promise<void>(resolve => server.listen(file, resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    fs.rmSync(folder, { recursive: true });
  });
  return createEngineClient({ connect: () => connectUnix(file), bounds });
}

const answer = (status: string, body: string) => (socket: net.Socket) =>
  socket.end(`HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
const anything = z.object({ a: z.number() });

describe('createEngineClient', () => {
  it('returns what the schema picks', async () => {
    const client = await clientOf(answer('200 OK', '{"a":1,"b":2}'));
    expect(await client.json(anything, { path: '/x' })).toEqual({ a: 1 });
  });

  it('tells an engine error with its status and text', async () => {
    const client = await clientOf(answer('404 Not Found', '{"message":"No such container: x"}'));
    await expect(client.json(anything, { path: '/x' })).rejects.toMatchObject({
      name: 'EngineError',
      status: 404,
      message: 'No such container: x',
    });
  });

  it('stops reading an answer that is too long', async () => {
    const client = await clientOf(socket => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
      const flood = () => {
        while (!socket.destroyed && socket.write(`400\r\n${'x'.repeat(0x400)}\r\n`));
      };
      socket.on('drain', flood);
      flood();
    });
    await expect(client.json(anything, { path: '/x' })).rejects.toThrow('answered more than 1000 bytes');
  });

  it('gives up on an answer that trickles for ever', async () => {
    const client = await clientOf(socket => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
      const timer = setInterval(() => socket.write('1\r\n \r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    await expect(client.json(anything, { path: '/x' })).rejects.toThrow('no answer within 400 ms');
  });

  it('gives up on a peer that never answers', async () => {
    const client = await clientOf(() => {});
    expect(await client.ping(100)).toBe(false);
  });

  it('gives up on a connection that never comes', async () => {
    const client = createEngineClient({ connect: () => new Promise(() => {}), bounds: { ...bounds, timeoutMs: 50 } });
    await expect(client.send({ path: '/x' })).rejects.toThrow(/50 ms|in time/);
  });

  it('refuses JSON that is too deep, no JSON, and JSON of another shape', async () => {
    for (const body of ['['.repeat(400), 'hello', '{"a":"one"}']) {
      const client = await clientOf(answer('200 OK', body));
      await expect(client.json(anything, { path: '/x' })).rejects.toMatchObject({ name: 'EngineUnreadable' });
    }
  });

  it('says "connection refused" when nobody listens', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'engine-'));
    cleanups.push(() => fs.rmSync(folder, { recursive: true }));
    const client = createEngineClient({ connect: () => connectUnix(path.join(folder, 'none.sock')), bounds });
    await expect(client.send({ path: '/x' })).rejects.toMatchObject({ name: 'EngineUnreadable' });
  });
});
