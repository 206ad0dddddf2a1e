import { WebSocket } from 'ws';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { WatchMessage } from '#domain/protocol/watch.ts';

/** Everyone connected to /watch. */
export interface WatchHub {
  attach(socket: WebSocket): void;
  send(message: WatchMessage): void;
  stop(): void;
}

const PING_MS = 5_000;
/** A client this far behind is cut off: it comes back, is told everything by `hello`, and holds no memory meanwhile. */
const MAX_BEHIND_BYTES = 1024 * 1024;

export function createWatchHub(options: {
  living: () => Sandbox[];
  /** What else there is to know, told after the hello. */
  also?: () => WatchMessage;
  now?: () => number;
}): WatchHub {
  const { now = Date.now } = options;
  const sockets = new Set<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of sockets) socket.ping();
  }, PING_MS);
  timer.unref();

  function deliver(socket: WebSocket, text: string): void {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount > MAX_BEHIND_BYTES) socket.terminate();
    else socket.send(text);
  }
  return {
    attach(socket) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
      const hello: WatchMessage = { type: 'hello', at: now(), sandboxes: options.living() };
      deliver(socket, JSON.stringify(hello));
      if (options.also) deliver(socket, JSON.stringify(options.also()));
    },
    send(message) {
      if (sockets.size === 0) return;
      const text = JSON.stringify(message);
      for (const socket of sockets) deliver(socket, text);
    },
    stop() {
      clearInterval(timer);
      for (const socket of sockets) socket.close(1001, 'sandboxd stops');
    },
  };
}
