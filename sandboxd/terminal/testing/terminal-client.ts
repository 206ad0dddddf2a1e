import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import {
  decodeServerFrame,
  encodeAck,
  encodeInput,
  encodeResize,
  type TerminalState,
  terminalLimits,
} from '#domain/protocol/terminal-frames.ts';

/** How long to wait for what should be there at once; a busy machine takes its time. */
const PATIENCE_MS = 15_000;

/** A client that keeps all it gets and fails on the first byte that is missing or doubled. */
export class TerminalClient {
  readonly states: TerminalState[] = [];
  readonly #socket: WebSocket;
  #pieces: Buffer[] = [];
  #received = 0;
  #typed = 0;
  #taken = 0;
  /** Acknowledges at once what arrives; else only by `ack`. */
  acking = true;
  closed: { code: number; reason: string } | null = null;
  broken: string | null = null;

  constructor(url: string, options: { acking?: boolean; headers?: Record<string, string> } = {}) {
    this.acking = options.acking ?? true;
    this.#socket = new WebSocket(url, { perMessageDeflate: false, headers: options.headers });
    this.#socket.on('error', () => {});
    this.#socket.on('message', data => this.#message(data as Buffer));
    this.#socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
  }

  get received(): number {
    return this.#received;
  }

  get bytes(): Buffer {
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [all];
    return all;
  }

  get text(): string {
    return this.bytes.toString();
  }

  get waiting(): number {
    return this.#socket.bufferedAmount;
  }

  /** Forgets the bytes so far, so that `until` only sees what comes. */
  forget(): void {
    this.#pieces = [];
  }

  type(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    this.#typed += bytes.length;
    this.#socket.send(encodeInput(bytes));
  }

  /** Types much, as the page does: never more under way than the window. */
  async paste(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += terminalLimits.inputFrameBytes) {
      await this.until(() => this.#typed - this.#taken < terminalLimits.inputWindow, 20_000);
      this.type(bytes.subarray(at, at + terminalLimits.inputFrameBytes));
    }
  }

  resize(cols: number, rows: number): void {
    this.#socket.send(encodeResize(cols, rows));
  }

  ack(offset = this.#received): void {
    this.#socket.send(encodeAck(offset));
  }

  send(frame: Uint8Array | string): void {
    this.#socket.send(frame);
  }

  /** Stops reading from the network. */
  stall(): void {
    this.#socket.pause();
  }

  unstall(): void {
    this.#socket.resume();
  }

  /** Cuts the connection without a word. */
  cut(): void {
    this.#socket.terminate();
  }

  /** Waits until `seen` is true of this client. */
  async until(seen: (client: this) => boolean, ms = PATIENCE_MS): Promise<void> {
    const deadline = performance.now() + ms;
    while (!seen(this)) {
      if (this.broken) throw new Error(this.broken);
      if (performance.now() > deadline) throw new Error(`not seen in ${ms} ms; last: ${JSON.stringify(this.#tail())}`);
      await sleep(1);
    }
  }

  /** Waits until the output since `forget` matches. */
  async untilText(pattern: RegExp, ms?: number): Promise<void> {
    await this.until(() => pattern.test(this.text), ms);
  }

  #tail(): string {
    return this.text.slice(-300);
  }

  #message(data: Buffer): void {
    const frame = decodeServerFrame(data);
    if (!frame) {
      this.broken = 'a frame that is none';
      return;
    }
    if (frame.kind === 'state') {
      this.states.push(frame.state);
      if (frame.state.type === 'attached') this.#received = frame.state.offset;
      if (frame.state.type === 'typed') this.#taken = frame.state.bytes;
      if (frame.state.type === 'snapshot') this.#pieces = [Buffer.from(frame.state.data)];
      return;
    }
    if (frame.offset !== this.#received) this.broken = `byte ${this.#received} was due, ${frame.offset} came`;
    this.#received += frame.bytes.length;
    this.#pieces.push(Buffer.from(frame.bytes));
    if (this.acking) this.ack();
  }
}
