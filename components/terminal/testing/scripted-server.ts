import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  type ClientFrame,
  decodeClientFrame,
  encodeOutput,
  encodeState,
  type TerminalState,
} from '#domain/protocol/terminal-frames.ts';

/** The server's end of a terminal, which says what a test tells it to and notes what the page sends. */
export async function startScriptedServer() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  /** `from` of each connection so far; null without. */
  const from: (string | null)[] = [];
  let frames: ClientFrame[] = [];
  let current: WebSocket | null = null;
  server.on('connection', (socket, request) => {
    current = socket;
    frames = [];
    from.push(new URL(request.url ?? '', 'http://page').searchParams.get('from'));
    socket.on('message', data => {
      const frame = decodeClientFrame(data as Buffer);
      if (frame) frames.push(frame);
    });
  });

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    from,
    /** What came over the latest connection. */
    frames: () => frames,
    /** What was typed over the latest connection. */
    typed: () => Buffer.concat(frames.flatMap(frame => (frame.kind === 'input' ? [frame.bytes] : []))).toString(),
    acks: () => frames.flatMap(frame => (frame.kind === 'ack' ? [frame.offset] : [])),
    state: (state: TerminalState) => current?.send(encodeState(state)),
    output: (offset: number, text: string) => current?.send(encodeOutput(offset, Buffer.from(text))),
    /** As a network breaks. */
    cut: () => current?.terminate(),
    close: (reason: string) => current?.close(4404, reason),
    async stop() {
      for (const socket of server.clients) socket.terminate();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
