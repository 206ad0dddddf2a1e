import type { Duplex } from 'node:stream';

/** What was said is long on its way by then; whoever has not hung up may never do so. */
const PATIENCE_MS = 1_000;

/**
 * Says a last word on a connection that Node's server has handed over, and closes it, whether or not the other side does:
 * Node watches over such a connection no more.
 */
export function hangUp(socket: Duplex, lastWord: string): void {
  if (!socket.writable) return void socket.destroy();
  socket.end(lastWord);
  setTimeout(() => socket.destroy(), PATIENCE_MS).unref();
}
