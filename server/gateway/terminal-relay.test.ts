import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { encodeAck, encodeInput, encodeOutput, encodeResize } from '#domain/protocol/terminal-frames.ts';
import { type RelayOptions, relayTerminal, terminalSocketServer } from './terminal-relay.ts';

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

async function listen(sockets: WebSocketServer, accept: (socket: WebSocket) => void): Promise<string> {
  const http = createServer();
  http.on('upgrade', (request, stream, head) => sockets.handleUpgrade(request, stream, head, accept));
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of sockets.clients) socket.terminate();
    http.close();
  });
  return `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

/** A browser's socket, relayed to one of an agent that the test plays. */
async function relay(options?: RelayOptions & { upstream?: string }) {
  let agent: (socket: WebSocket) => void = () => {};
  const agentSocket = new Promise<WebSocket>(resolve => {
    agent = resolve;
  });
  const got: Buffer[] = [];
  const url = await listen(new WebSocketServer({ noServer: true }), socket => {
    socket.on('message', data => got.push(data as Buffer));
    agent(socket);
  });
  let inner: WebSocket | undefined;
  const web = await listen(terminalSocketServer(), socket => {
    inner = socket;
    relayTerminal(socket, { url: options?.upstream ?? url, headers: { authorization: 'Bearer x' } }, options);
  });
  const browser = new WebSocket(web);
  cleanups.push(() => browser.terminate());
  const shown: Buffer[] = [];
  browser.on('message', data => shown.push(data as Buffer));
  const closed = new Promise<{ code: number; reason: string }>(resolve =>
    browser.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  await new Promise(resolve => browser.once('open', resolve));
  return { browser, shown, closed, agentSocket, got, inner: () => inner as WebSocket };
}

async function until(seen: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !seen(); await sleep(2)) {
    if (Date.now() > deadline) throw new Error('not seen');
  }
}

describe('relayTerminal', () => {
  it('passes frames unchanged in both directions, those sent before the agent answered too', async () => {
    const { browser, shown, agentSocket, got } = await relay();
    const frames = [encodeInput(Buffer.from('ls\r')), encodeAck(2 ** 40 + 1), encodeResize(120, 40)];
    for (const frame of frames) browser.send(frame);
    const agent = await agentSocket;
    await until(() => got.length === 3);
    expect(got).toEqual(frames.map(frame => Buffer.from(frame)));
    const output = encodeOutput(7, Buffer.from([0xe2, 0x9c]));
    agent.send(output);
    await until(() => shown.length === 1);
    expect(shown[0]).toEqual(Buffer.from(output));
  });

  it.each([
    ['an unknown kind', Buffer.from([0x00, 1, 2])],
    ['a size that is none', Buffer.from([0x12, 0, 0, 0, 0])],
    ['nothing', Buffer.alloc(0)],
    ['text', 'hello'],
  ])('closes a browser that sends %s', async (_name, frame) => {
    const { browser, closed, agentSocket, got } = await relay();
    await agentSocket;
    browser.send(frame);
    expect(await closed).toEqual({ code: 4400, reason: 'bad-request' });
    expect(got).toEqual([]);
  });

  it('closes a browser that sends too much at once', async () => {
    const { browser, closed, agentSocket } = await relay();
    await agentSocket;
    browser.send(encodeInput(Buffer.alloc(70_000)));
    expect((await closed).code).toBe(1009);
  });

  it('lets who only looks neither type nor resize', async () => {
    const { browser, agentSocket, got } = await relay({ readOnly: true });
    await agentSocket;
    browser.send(encodeInput(Buffer.from('rm')));
    browser.send(encodeResize(20, 5));
    browser.send(encodeAck(5));
    await until(() => got.length > 0);
    expect(got).toEqual([Buffer.from(encodeAck(5))]);
  });

  it('hands the agent’s reason on', async () => {
    const { closed, agentSocket } = await relay();
    (await agentSocket).close(4410, 'sandbox-ended');
    expect(await closed).toEqual({ code: 4410, reason: 'sandbox-ended' });
  });

  it('asks to come again when the agent is lost or not there', async () => {
    const { closed, agentSocket } = await relay();
    (await agentSocket).terminate();
    expect(await closed).toEqual({ code: 4503, reason: 'host-unreachable' });
    const nobody = await relay({ upstream: 'ws://127.0.0.1:1/' });
    expect(await nobody.closed).toEqual({ code: 4503, reason: 'host-unreachable' });
  });

  it('tells the agent when the browser is gone', async () => {
    const { browser, agentSocket } = await relay();
    const agent = await agentSocket;
    const gone = new Promise(resolve => agent.on('close', resolve));
    browser.terminate();
    await gone;
  });

  it('ends a browser that answers no ping', async () => {
    const { browser, closed, agentSocket } = await relay({ pingMs: 30 });
    const agent = await agentSocket;
    await sleep(150);
    expect(browser.readyState).toBe(WebSocket.OPEN);
    const gone = new Promise(resolve => agent.on('close', resolve));
    browser.pause();
    await gone;
    browser.resume();
    expect((await closed).code).toBe(1006);
  });

  it('stops reading the agent while the browser does not read', async () => {
    const { browser, shown, agentSocket, inner } = await relay();
    const agent = await agentSocket;
    browser.pause();
    const piece = encodeOutput(0, Buffer.alloc(65_536));
    let sent = 0;
    // Loopback's own buffers take some megabytes.
    for (; sent < 400; sent++) {
      agent.send(piece);
      await sleep(1);
    }
    expect(agent.bufferedAmount).toBeGreaterThan(1_000_000);
    expect(inner().bufferedAmount).toBeLessThan(1_000_000);
    browser.resume();
    await until(() => shown.length === sent);
  });
});
