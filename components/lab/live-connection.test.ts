import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import type { ErrorCode } from '#domain/protocol/errors.ts';
import { type Connection, keepConnected } from './live-connection.ts';

describe('keepConnected', () => {
  let server: WebSocketServer;
  let peers: ServerSocket[];
  let states: Connection[];
  let messages: unknown[];
  let stop: () => void;
  let refused: ErrorCode | null;

  async function listen(port = 0): Promise<number> {
    server = new WebSocketServer({ port, host: '127.0.0.1' });
    server.on('connection', peer => {
      peers.push(peer);
      peer.send(JSON.stringify({ whole: 'state' }));
    });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  function start(port: number): void {
    stop = keepConnected({
      url: `ws://127.0.0.1:${port}/`,
      onMessage: json => messages.push(json),
      onState: state => states.push(state),
      whyRefused: async () => refused,
    });
  }

  const until = async (true_: () => boolean) => {
    for (let i = 0; i < 200 && !true_(); i += 1) await sleep(20);
    expect(true_()).toBe(true);
  };

  beforeEach(() => {
    peers = [];
    states = [];
    messages = [];
    refused = null;
  });

  afterEach(() => {
    stop();
    for (const peer of peers) peer.terminate();
    server.close();
  });

  it('comes back after a cut and is given the whole state again', async () => {
    start(await listen());
    await until(() => messages.length === 1);
    peers[0]?.terminate();
    await until(() => messages.length === 2);
    expect(states.map(one => one.state)).toEqual(['live', 'lost', 'live']);
  });

  it('waits for a server that is away', async () => {
    const port = await listen();
    start(port);
    await until(() => messages.length === 1);
    const closed = once(server, 'close');
    server.close();
    for (const peer of peers) peer.terminate();
    await closed;
    await sleep(500);
    await listen(port);
    await until(() => messages.length === 2);
  });

  it('stops when the server says that it is of no use', async () => {
    start(await listen());
    await until(() => messages.length === 1);
    peers[0]?.close(4401, 'unauthorized');
    await until(() => states.at(-1)?.state === 'refused');
    await sleep(500);
    expect(peers).toHaveLength(1);
    expect(states.at(-1)).toEqual({ state: 'refused', code: 'unauthorized' });
  });

  it('asks why when it was not even let in', async () => {
    const port = await listen();
    const closed = once(server, 'close');
    server.close();
    await closed;
    refused = 'not-found';
    start(port);
    await until(() => states.at(-1)?.state === 'refused');
  });

  it('says nothing more after it was stopped', async () => {
    start(await listen());
    await until(() => messages.length === 1);
    stop();
    peers[0]?.terminate();
    await sleep(100);
    expect(states.map(one => one.state)).toEqual(['live']);
  });
});
