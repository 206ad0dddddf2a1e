import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { encodeInput } from '#domain/protocol/terminal-frames.ts';
import { silentLog } from '#sandboxd/pool/testing/records.ts';
import type { RpcHandlers } from '#sandboxd/rpc/rpc-handlers.ts';
import { createRpcServer, type RpcServer } from '#sandboxd/rpc/rpc-server.ts';
import { createWatchHub } from '#sandboxd/rpc/watch-hub.ts';
import { relayTerminal, terminalSocketServer } from '../gateway/terminal-relay.ts';
import { fetchSandboxdMetrics } from './fetch-metrics.ts';
import { createSandboxdClient, type SandboxdClient } from './sandboxd-client.ts';

/** Nobody listens there: what is answered came through the socket. */
const url = 'http://127.0.0.1:9';
const token = 'a-token-of-at-least-32-characters';
const terminalId = '0123456789abcdef';
let folder: string;
let socket: string;
let client: SandboxdClient;
let stop: () => Promise<void>;

/** sandboxd's own server, on a socket and nowhere else. */
async function start(): Promise<void> {
  const hub = createWatchHub({ living: () => [], now: () => 42 });
  const server: RpcServer = createRpcServer({
    handlers: { 'terminal.close': () => ({}) } as unknown as RpcHandlers,
    token,
    port: 0,
    addresses: [],
    socket,
    attachWatch: hub.attach,
    attachTerminal: terminal => void terminal.on('message', data => terminal.send(data)),
    attachTunnel: (request, outer, head) => request.headers.upgrade === 'belowdeck-tcp' && echo(outer, head),
    isHealthy: () => true,
    readiness: () => Promise.reject(new Error('not asked')),
    log: silentLog,
  });
  await server.start();
  stop = async () => {
    hub.stop();
    await server.stop();
  };
}

function echo(outer: Duplex, head: Buffer): true {
  outer.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: belowdeck-tcp\r\n\r\n');
  outer.write(head);
  outer.pipe(outer);
  return true;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'belowdeck-dial-'));
  socket = join(folder, 'sandboxd.sock');
  client = createSandboxdClient({ url, socket, token });
  await start();
});
afterEach(async () => {
  client.stop();
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

it('leads calls and scrapes through the socket, with the token', async () => {
  expect(await client.call('terminal.close', { terminalId })).toEqual({});
  expect(await fetchSandboxdMetrics({ url, socket, token })).toContain('belowdeck_rpc_seconds');
  await expect(fetchSandboxdMetrics({ url, socket, token: 'x' })).rejects.toThrow('401');
  const stranger = createSandboxdClient({ url, socket, token: 'x' });
  await expect(stranger.call('terminal.close', { terminalId })).rejects.toThrow('unauthorized');
  stranger.stop();
});

it('leads calls and the watch to the next sandboxd at the same path', async () => {
  const reachable: boolean[] = [];
  client.onReachable(value => reachable.push(value));
  client.start();
  await vi.waitFor(() => expect(reachable).toEqual([true]), 5_000);
  await client.call('terminal.close', { terminalId });
  await stop();
  await vi.waitFor(() => expect(reachable).toEqual([true, false]), 5_000);
  await start();
  await vi.waitFor(() => expect(reachable).toEqual([true, false, true]), 5_000);
  expect(await client.call('terminal.close', { terminalId })).toEqual({});
});

it('leads tunnels through the socket', async () => {
  const tunnel = await client.openTunnel('0123456789ab', 8080);
  tunnel.write('bytes');
  const [answer] = await once(tunnel, 'data');
  expect(String(answer)).toBe('bytes');
  tunnel.destroy();
});

it('leads terminals through the socket', async () => {
  const web = terminalSocketServer();
  const server = http.createServer().on('upgrade', (request, stream, head) =>
    web.handleUpgrade(request, stream, head, browser =>
      relayTerminal(browser, {
        url: client.terminalUrl(terminalId, null),
        headers: client.headers(),
        ...client.webSocket,
      }),
    ),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const browser = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(browser, 'open');
  const key = Buffer.from(encodeInput(Buffer.from('l')));
  browser.send(key);
  expect((await once(browser, 'message'))[0]).toEqual(key);
  browser.terminate();
  server.close();
});

it('says of a socket that is gone where it was and what to do', async () => {
  rmSync(folder, { recursive: true });
  const remedy = /sandboxd\.sock.* end `npm start` and start it again/;
  await expect(client.call('terminal.close', { terminalId })).rejects.toThrow(remedy);
  await expect(client.openTunnel('0123456789ab', 8080)).rejects.toThrow(remedy);
  await expect(fetchSandboxdMetrics({ url, socket, token })).rejects.toThrow(remedy);
});
