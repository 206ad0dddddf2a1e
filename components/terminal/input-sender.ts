import { encodeInput, encodeWriter, terminalLimits } from '#domain/protocol/terminal-frames.ts';
import { connectionLimits } from './connection-limits.ts';
import { InputQueue } from './input-queue.ts';

/**
 * A page's input on its way to the shell, over one connection after the other: sent as far as the server and the socket
 * take it, and what was under way when a connection broke is neither lost nor doubled.
 */
export class InputSender {
  readonly #queue = new InputQueue(connectionLimits.queueBytes);
  /** Names this page's input on each connection. */
  readonly #writer = randomHex();
  readonly #onStalled: () => void;
  /** Null while no connection is attached. */
  #socket: WebSocket | null = null;
  /** The server has said from where on it wants the input. */
  #resumed = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #stuckSince: number | null = null;

  /** @param onStalled nothing has left the socket for so long that its network must be gone */
  constructor(onStalled: () => void) {
    this.#onStalled = onStalled;
  }

  /** Bytes that wait to be sent. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Sends it now or later; false when it does not fit and is gone. */
  push(bytes: Uint8Array): boolean {
    const fits = this.#queue.push(bytes);
    this.#pump();
    return fits;
  }

  /** A connection is there: asks from where on its input is wanted. */
  attach(socket: WebSocket): void {
    this.#socket = socket;
    this.#resumed = false;
    socket.send(encodeWriter(this.#writer, this.#queue.taken));
  }

  detach(): void {
    this.#socket = null;
  }

  /** The server has so much of the input; true for the first word of a connection, from which on input is sent again. */
  taken(bytes: number): boolean {
    const first = !this.#resumed;
    this.#resumed = true;
    if (first) this.#queue.resume(bytes);
    else this.#queue.confirm(bytes);
    this.#pump();
    return first;
  }

  /** Forgets what waits: nobody will take it. */
  clear(): void {
    this.#queue.clear();
  }

  dispose(): void {
    this.detach();
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** Sends what waits, as far as the socket takes it. */
  #pump(): void {
    const socket = this.#socket;
    if (!socket || !this.#resumed || this.#timer) return;
    while (this.#queue.underWay < terminalLimits.inputWindow) {
      const bytes = this.#queue.shift(terminalLimits.inputFrameBytes);
      if (!bytes) break;
      socket.send(encodeInput(bytes));
    }
    if (socket.bufferedAmount > 0) this.#lookAgain(socket, socket.bufferedAmount, this.#stuckSince ?? Date.now());
    else this.#stuckSince = null;
  }

  /** Until the socket is empty; one from which nothing leaves any more has lost its network. */
  #lookAgain(socket: WebSocket, waiting: number, since: number): void {
    this.#stuckSince = since;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (socket !== this.#socket || socket.bufferedAmount < waiting) this.#stuckSince = null;
      else if (Date.now() - since > connectionLimits.stalledMs) this.#onStalled();
      this.#pump();
    }, connectionLimits.pumpMs);
  }
}

function randomHex(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
