import type { WebSocket } from 'ws';
import { encodeOutput, encodeState, type TerminalState, terminalLimits } from '#domain/protocol/terminal-frames.ts';
import type { Ring } from './ring.ts';

/** One attached WebSocket: what it was sent, what it has rendered, which size it would like. */
export class TerminalViewer {
  readonly socket: WebSocket;
  /** Output up to here was sent. */
  sent = 0;
  /** Output up to here was rendered by the client. */
  acked = 0;
  /** Null until its first resize frame; then it takes part in the choice of the size. */
  size: { cols: number; rows: number } | null = null;
  /** Its frames are not read for now, because the shell does not read its input. */
  held = false;
  /** Names its page's input across connections; null for a client that does not count on that. */
  writer: string | null = null;
  /** Its page has come back on another connection: what still arrives here was sent again there. */
  replaced = false;
  /** A snapshot is being made for it. */
  syncing = false;
  /** Bytes of input it sent, and how many of them it was told the shell has taken. */
  #typed = 0;
  #told = 0;
  #exitSent = false;

  constructor(socket: WebSocket) {
    this.socket = socket;
  }

  /** Sends what is pending and allowed. `more` is called when the socket has room again. */
  pump(ring: Ring, more: () => void): void {
    while (this.sent < ring.end && this.sent - this.acked <= terminalLimits.pauseAbove && !this.#full()) {
      const piece = ring.read(this.sent, terminalLimits.gatherBytes);
      const frame = encodeOutput(this.sent, piece);
      this.sent += piece.length;
      this.socket.send(frame, () => {
        if (this.sent < ring.end) more();
      });
    }
  }

  state(state: TerminalState): void {
    this.socket.send(encodeState(state));
  }

  /** From now on its input counts from what was taken on its page's earlier connections. */
  writes(writer: string, taken: number): void {
    this.writer = writer;
    this.#typed = taken;
    this.#told = taken;
    this.state({ type: 'typed', bytes: taken });
  }

  /** Counts its input; `waiting`: bytes that the shell has not taken yet. */
  typed(bytes: number, waiting: number): void {
    this.#typed += bytes;
    const taken = this.#typed - waiting;
    if (taken - this.#told < terminalLimits.inputFrameBytes) return;
    this.#told = taken;
    this.state({ type: 'typed', bytes: taken });
  }

  /** Tells the end once, after the last byte of output. */
  exit(code: number | null): void {
    if (this.#exitSent) return;
    this.#exitSent = true;
    this.state({ type: 'exit', code });
  }

  #full(): boolean {
    return this.socket.bufferedAmount > terminalLimits.socketHoldAbove;
  }
}
