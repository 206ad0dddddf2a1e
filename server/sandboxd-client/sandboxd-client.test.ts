import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { WatchMessage } from '#domain/protocol/watch.ts';
import { clientLimits } from './client-limits.ts';
import { createSandboxdClient, type SandboxdClient } from './sandboxd-client.ts';

const token = 'a-token-of-at-least-32-characters';
let server: http.Server;
let sockets: WebSocketServer;
let client: SandboxdClient;
let respond: (request: http.IncomingMessage, response: http.ServerResponse) => void;
let port = 0;

/** A server that plays sandboxd, so that its failures can be played too. */
async function listen(at = 0): Promise<void> {
  server = http.createServer((request, response) => {
    request.resume().on('end', () => respond(request, response));
  });
  sockets = new WebSocketServer({ server, path: '/watch' });
  await new Promise<void>(resolve => server.listen(at, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
}
async function close(): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}
const json = (status: number, body: unknown) => (_: unknown, response: http.ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

beforeEach(async () => {
  await listen();
  client = createSandboxdClient({ url: `http://127.0.0.1:${port}`, token, callTimeoutMs: 500 });
});
afterEach(async () => {
  client.stop();
  await close();
});

describe('calls', () => {
  it('carry the token, and return what the contract names', async () => {
    let seen: string | undefined;
    respond = (request, response) => {
      seen = `${request.method} ${request.url} ${request.headers.authorization}`;
      json(200, { surplus: 1 })(request, response);
    };
    expect(await client.call('terminal.close', { terminalId: '0123456789abcdef' })).toEqual({});
    expect(seen).toBe(`POST /rpc/terminal.close Bearer ${token}`);
  });

  it('are not made with input that breaks the contract', async () => {
    respond = () => expect.unreachable();
    await expect(client.call('sandbox.get', { sandboxId: '../x' })).rejects.toThrow();
  });

  it('fail with sandboxd’s own code and sentence', async () => {
    const error = { code: 'no-capacity', message: '25 live', learnerMessage: 'All in use. Try again.' };
    respond = json(503, { error });
    await expect(client.call('host.status', {})).rejects.toMatchObject({
      code: 'no-capacity',
      learnerMessage: 'All in use. Try again.',
    });
  });

  it('fail as internal for a code nobody knows, and for an answer of another shape', async () => {
    respond = json(500, { error: { code: 'nonsense', message: 'x', learnerMessage: 'y' } });
    await expect(client.call('host.status', {})).rejects.toMatchObject({ code: 'internal' });
    respond = json(200, { version: 7 });
    await expect(client.call('host.status', {})).rejects.toThrow();
  });

  it('fail as host-unreachable when nobody answers, in time or at all', async () => {
    respond = () => {};
    await expect(client.call('host.status', {})).rejects.toMatchObject({ code: 'host-unreachable' });
    respond = (_, response) => void response.end('<html>');
    await expect(client.call('host.status', {})).rejects.toMatchObject({ code: 'host-unreachable' });
    await close();
    await expect(client.call('host.status', {})).rejects.toMatchObject({ code: 'host-unreachable' });
    await listen(port);
  });

  it('survive a restart of sandboxd between two of them, though the connection was kept', async () => {
    respond = json(200, {});
    await client.call('terminal.close', { terminalId: '0123456789abcdef' });
    await close();
    await listen(port);
    expect(await client.call('terminal.close', { terminalId: '0123456789abcdef' })).toEqual({});
  });
});

describe('the watch', () => {
  const hello: WatchMessage = { type: 'hello', at: 1, sandboxes: [] };
  const greet = () => sockets.on('connection', (socket: WebSocket) => socket.send(JSON.stringify(hello)));

  it('tells messages and reachability, and comes back by itself', async () => {
    greet();
    const messages: string[] = [];
    const reachable: boolean[] = [];
    client.watch(message => messages.push(message.type));
    client.onReachable(value => reachable.push(value));
    client.start();
    client.start();
    await pause(100);
    expect([messages, reachable, client.reachable]).toEqual([['hello'], [true], true]);
    await close();
    await pause(50);
    expect([reachable, client.reachable]).toEqual([[true, false], false]);
    await listen(port);
    greet();
    await pause(clientLimits.reconnectMinMs * 8);
    expect([messages, reachable]).toEqual([
      ['hello', 'hello'],
      [true, false, true],
    ]);
  });

  it('passes over what is no message, and stops for whoever left', async () => {
    const messages: string[] = [];
    const leave = client.watch(message => messages.push(message.type));
    sockets.on('connection', (socket: WebSocket) => {
      for (const text of ['nonsense', '{"type":"changed"}', JSON.stringify(hello)]) socket.send(text);
      setTimeout(() => {
        leave();
        socket.send(JSON.stringify(hello));
      }, 50);
    });
    client.start();
    await pause(150);
    expect(messages).toEqual(['hello']);
  });
});

it('says where terminals are and what to show there', () => {
  expect(client.terminalUrl('0123456789abcdef', null)).toBe(`ws://127.0.0.1:${port}/terminal/0123456789abcdef`);
  expect(client.terminalUrl('0123456789abcdef', 5)).toBe(`ws://127.0.0.1:${port}/terminal/0123456789abcdef?from=5`);
  expect(client.headers()).toEqual({ authorization: `Bearer ${token}` });
});
