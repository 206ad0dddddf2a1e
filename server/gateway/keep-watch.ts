import type { WebSocket } from 'ws';
import { errorCodeOf, errorTable } from '#domain/protocol/errors.ts';

export interface KeepWatchOptions {
  pingMs: number;
  recheckMs: number;
  /** Null when the socket may stay; throws or names a code when not. */
  recheck: () => Promise<'unauthorized' | null>;
  log: { warn(fields: object, text: string): void };
}

/** Pings a socket and ends it when it is dead, or when its session or membership is over. Returns the stop function. */
export function keepWatch(socket: WebSocket, options: KeepWatchOptions): () => void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const ping = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, options.pingMs);
  let checking = false;
  const recheck = setInterval(() => {
    if (checking) return;
    checking = true;
    options
      .recheck()
      .then(code => {
        if (code) socket.close(errorTable[code].ws, code);
      })
      .catch(error => {
        const code = errorCodeOf(error);
        // A database that is busy for a moment must not throw everybody out.
        if (code === 'internal') options.log.warn({ err: error }, 'a socket could not be checked again');
        else socket.close(errorTable[code].ws, code);
      })
      .finally(() => {
        checking = false;
      });
  }, options.recheckMs);
  return () => {
    clearInterval(ping);
    clearInterval(recheck);
  };
}
