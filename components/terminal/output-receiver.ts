import { encodeAck, type ServerFrame, type TerminalState, terminalLimits } from '#domain/protocol/terminal-frames.ts';
import { connectionLimits } from './connection-limits.ts';

/** Where the output goes. */
export interface TerminalScreen {
  /** Queues output in order; `rendered` is called once it is parsed. */
  write(data: Uint8Array | string, rendered: () => void): void;
  /** The size that all viewers agreed on. */
  resize(cols: number, rows: number): void;
}

/** Full reset, in band: everything written before it is parsed first. */
const RESET = '\x1bc';

/**
 * A shell's output on its way to the screen, over one connection after the other: each byte is handed on once, and
 * acknowledged when it is rendered.
 */
export class OutputReceiver {
  readonly #screen: TerminalScreen;
  /** Null while no connection is attached. */
  #socket: WebSocket | null = null;
  #received: number | null = null;
  #rendered = 0;
  #acked = 0;
  /** Output before this offset is a replay. */
  #liveFrom = 0;
  /** Counts resets: what the screen reports of an earlier life no longer counts. */
  #life = 0;

  constructor(screen: TerminalScreen) {
    this.#screen = screen;
  }

  /** Output up to here was handed to the screen; null before the first byte. */
  get received(): number | null {
    return this.#received;
  }

  /** What the screen renders now was there before this page: its questions have been answered. */
  get replays(): boolean {
    return this.#rendered < this.#liveFrom;
  }

  /** A connection is there, or begins anew. */
  attach(socket: WebSocket, state: Extract<TerminalState, { type: 'attached' }>): void {
    if (state.reset) {
      this.#life++;
      this.#received = state.offset;
      this.#rendered = state.offset;
      this.#liveFrom = state.live;
      this.#write(RESET, state.offset);
    }
    // The server counts from where we resumed.
    this.#acked = state.offset;
    this.#socket = socket;
  }

  detach(): void {
    this.#socket = null;
  }

  /** False for a gap, which cannot be mended here: resuming where we are can. */
  take(frame: Extract<ServerFrame, { kind: 'output' }>): boolean {
    const received = this.#received ?? frame.offset;
    if (frame.offset > received) return false;
    const fresh = frame.bytes.subarray(received - frame.offset);
    this.#received = received + fresh.length;
    if (fresh.length > 0) this.#write(fresh, this.#received);
    return true;
  }

  /** The screen as it was at that offset. */
  snapshot(data: string, offset: number): void {
    this.#write(data, offset);
  }

  /** Tells what is rendered, when it is worth telling. */
  ack(): void {
    const owed = this.#rendered - this.#acked;
    const caughtUp = this.#rendered === this.#received;
    if (owed < terminalLimits.ackEvery && !(caughtUp && owed > connectionLimits.restUnacked)) return;
    if (this.#socket?.readyState !== 1) return;
    this.#acked = this.#rendered;
    this.#socket.send(encodeAck(this.#rendered));
  }

  dispose(): void {
    this.detach();
    this.#life++;
  }

  #write(data: Uint8Array | string, upTo: number): void {
    const life = this.#life;
    this.#screen.write(data, () => {
      if (life !== this.#life) return;
      this.#rendered = upTo;
      this.ack();
    });
  }
}
