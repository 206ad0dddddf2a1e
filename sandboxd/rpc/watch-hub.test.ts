import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createWatchHub } from './watch-hub.ts';

/** A client as the hub sees it; a real one would not be slow on command. */
function clientOf(bufferedAmount: number, readyState: number = WebSocket.OPEN) {
  const sent: string[] = [];
  const state = { cut: false };
  const socket = Object.assign(new EventEmitter(), {
    readyState,
    bufferedAmount,
    send: (text: string) => sent.push(text),
    terminate: () => {
      state.cut = true;
    },
    ping: () => {},
    close: () => {},
  });
  return { socket: socket as unknown as WebSocket, sent, state };
}
const changed = { type: 'changed', sandboxId: 'abcdef012345', parts: ['events'], seq: 1, at: 1 } as const;

describe('the watch hub', () => {
  it('tells everybody who is there, from hello on', () => {
    const hub = createWatchHub({ living: () => [], now: () => 5 });
    const [one, two] = [clientOf(0), clientOf(0)];
    hub.attach(one.socket);
    hub.send({ ...changed, parts: ['events'] });
    hub.attach(two.socket);
    two.socket.emit('close');
    hub.send({ ...changed, parts: ['events'] });
    expect(one.sent.map(text => JSON.parse(text).type)).toEqual(['hello', 'changed', 'changed']);
    expect(two.sent.map(text => JSON.parse(text).type)).toEqual(['hello']);
    hub.stop();
  });

  it('cuts off a client that does not read, rather than keep its messages', () => {
    const hub = createWatchHub({ living: () => [] });
    const slow = clientOf(2 * 1024 * 1024);
    hub.attach(slow.socket);
    hub.send({ ...changed, parts: ['events'] });
    expect([slow.sent, slow.state.cut]).toEqual([[], true]);
    hub.stop();
  });

  it('sends nothing to one that is closing', () => {
    const hub = createWatchHub({ living: () => [] });
    const closing = clientOf(0, WebSocket.CLOSING);
    hub.attach(closing.socket);
    expect(closing.sent).toEqual([]);
    hub.stop();
  });
});
