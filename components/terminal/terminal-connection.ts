import { type ErrorCode, isErrorCode } from '#domain/protocol/errors.ts';
import {
  decodeServerFrame,
  encodeAck,
  encodeInput,
  encodeResize,
  encodeWriter,
  type TerminalState,
  terminalLimits,
} from '#domain/protocol/terminal-frames.ts';
import { isTerminalReport } from '#domain/protocol/terminal-report.ts';
import { connectionLimits } from './connection-limits.ts';
import { InputQueue } from './input-queue.ts';
import { retryDelay } from './retry-delay.ts';

/** Where the output goes. */
export interface TerminalScreen {
  /** Queues output in order; `rendered` is called once it is parsed. */
  write(data: Uint8Array | string, rendered: () => void): void;
  /** The size that all viewers agreed on. */
  resize(cols: number, rows: number): void;
}

/**
 * Why a terminal is over: its shell ended (with its code, when known), or the server said so. Lost: it was there, the
 * connection dropped, and then nobody knew it any more: the agent that held the shell was restarted.
 */
export type EndCause = { kind: 'exit'; code: number | null } | { kind: 'refused'; code: ErrorCode } | { kind: 'lost' };

export interface ConnectionStatus {
  state: 'connecting' | 'live' | 'reconnecting' | 'ended';
  /** While reconnecting: whether the browser itself says that it has no network. */
  offline: boolean;
  /** Epoch milliseconds since when it has not been live. */
  since: number;
  /** Typed bytes that wait to be sent. */
  queued: number;
  /** Something typed did not fit into the queue and is gone. */
  overflowed: boolean;
  cause: EndCause | null;
}

export interface ConnectionOptions {
  /** Address without `from`. */
  url: string;
  screen: TerminalScreen;
  onStatus: (status: ConnectionStatus) => void;
  WebSocket?: typeof WebSocket;
  random?: () => number;
}

/** Codes after which connecting again makes no sense. */
const finalCodes: readonly ErrorCode[] = [
  'bad-request',
  'unauthorized',
  'forbidden',
  'not-found',
  'sandbox-not-found',
  'sandbox-ended',
  'terminal-not-found',
];

/** Full reset, in band: everything written before it is parsed first. */
const RESET = '\x1bc';

/**
 * One terminal's connection, whatever the network does: resumes at the exact byte, acknowledges what is rendered, keeps
 * what is typed meanwhile. Free of any framework.
 */
export class TerminalConnection {
  readonly #options: ConnectionOptions;
  readonly #queue = new InputQueue(connectionLimits.queueBytes);
  #status: ConnectionStatus;
  #socket: WebSocket | null = null;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #pumpTimer: ReturnType<typeof setTimeout> | null = null;
  #stuckSince: number | null = null;
  /** Output up to here was handed to the screen; null before the first byte. */
  #received: number | null = null;
  #rendered = 0;
  #acked = 0;
  /** Output before this offset is a replay. */
  #liveFrom = 0;
  /** Counts resets: what the screen reports of an earlier life no longer counts. */
  #life = 0;
  /** Names this page's input, so that what was under way when a connection broke is neither lost nor doubled. */
  readonly #writer = randomHex();
  /** The server has said from where on it wants that input. */
  #resumed = false;
  #size: { cols: number; rows: number } | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#status = {
      state: 'connecting',
      offline: false,
      since: Date.now(),
      queued: 0,
      overflowed: false,
      cause: null,
    };
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Offset up to which output was handed to the screen. */
  get received(): number {
    return this.#received ?? 0;
  }

  connect(): void {
    if (this.#socket || this.#status.state === 'ended') return;
    this.#clearTimer();
    const from = this.#received === null ? '' : `?from=${this.#received}`;
    const socket = new (this.#options.WebSocket ?? WebSocket)(this.#options.url + from);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#drop(), connectionLimits.connectMs);
    socket.onmessage = event => {
      if (socket === this.#socket && event.data instanceof ArrayBuffer) this.#frame(new Uint8Array(event.data));
    };
    // What went wrong cannot be known here; a close always follows.
    socket.onerror = () => {};
    socket.onclose = event => {
      if (socket === this.#socket) this.#closed(event.reason);
    };
  }

  /** Types; what cannot be sent now waits. */
  input(data: string | Uint8Array): void {
    if (this.#status.state === 'ended') return;
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    if (this.#rendered < this.#liveFrom && isTerminalReport(bytes)) return;
    const fits = this.#queue.push(bytes);
    this.#pump();
    if (!fits || this.#status.state !== 'live') this.#set({ overflowed: this.#status.overflowed || !fits });
  }

  /** The size this viewer would like; the answer comes by `screen.resize`. */
  resize(cols: number, rows: number): void {
    this.#size = { cols, rows };
    if (this.#status.state === 'live') this.#socket?.send(encodeResize(cols, rows));
  }

  /** The browser came back online, or the learner pressed the button. */
  retryNow(): void {
    if (this.#status.state !== 'reconnecting') return;
    this.#set({ offline: false });
    this.#drop();
    this.connect();
  }

  /** The browser says that it has no network. */
  offline(): void {
    if (this.#status.state === 'ended') return;
    this.#drop();
    this.#retryIn(connectionLimits.retryOfflineMs);
    this.#set({ offline: true });
  }

  /** Leaves; the shell goes on. */
  dispose(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#clearTimer();
    if (this.#pumpTimer) clearTimeout(this.#pumpTimer);
    socket?.close(1000);
    this.#life++;
  }

  #frame(bytes: Uint8Array): void {
    const frame = decodeServerFrame(bytes);
    if (!frame) {
      this.#drop();
      return;
    }
    if (frame.kind === 'state') {
      this.#state(frame.state);
      return;
    }
    const received = this.#received ?? frame.offset;
    // A gap cannot be mended here: resuming where we are can.
    if (frame.offset > received) {
      this.#drop();
      return;
    }
    const fresh = frame.bytes.subarray(received - frame.offset);
    this.#received = received + fresh.length;
    if (fresh.length > 0) this.#write(fresh, this.#received);
  }

  #write(data: Uint8Array | string, upTo: number): void {
    const life = this.#life;
    this.#options.screen.write(data, () => {
      if (life !== this.#life) return;
      this.#rendered = upTo;
      this.#ack();
    });
  }

  #ack(): void {
    const owed = this.#rendered - this.#acked;
    const caughtUp = this.#rendered === this.#received;
    if (owed < terminalLimits.ackEvery && !(caughtUp && owed > connectionLimits.restUnacked)) return;
    if (this.#status.state !== 'live' || this.#socket?.readyState !== 1) return;
    this.#acked = this.#rendered;
    this.#socket.send(encodeAck(this.#rendered));
  }

  #state(state: TerminalState): void {
    switch (state.type) {
      case 'attached':
        this.#attached(state);
        break;
      case 'snapshot':
        this.#write(state.data, state.offset);
        return;
      case 'size':
        this.#options.screen.resize(state.cols, state.rows);
        break;
      case 'typed':
        if (this.#resumed) this.#queue.confirm(state.bytes);
        else this.#resumeInput(state.bytes);
        this.#pump();
        break;
      case 'exit':
        this.#end({ kind: 'exit', code: state.code });
        return;
    }
  }

  #attached(state: Extract<TerminalState, { type: 'attached' }>): void {
    this.#clearTimer();
    this.#tries = 0;
    if (state.reset) {
      this.#life++;
      this.#received = state.offset;
      this.#rendered = state.offset;
      this.#liveFrom = state.live;
      this.#write(RESET, state.offset);
    }
    // The server counts from where we resumed.
    this.#acked = state.offset;
    this.#resumed = false;
    this.#socket?.send(encodeWriter(this.#writer, this.#queue.taken));
    this.#options.screen.resize(state.cols, state.rows);
    this.#set({ state: 'live', offline: false });
    if (this.#size) this.resize(this.#size.cols, this.#size.rows);
    this.#ack();
    this.#set({ overflowed: false });
  }

  #resumeInput(taken: number): void {
    this.#resumed = true;
    this.#queue.resume(taken);
    this.#pump();
    this.#set({});
  }

  #closed(reason: string): void {
    this.#socket = null;
    this.#clearTimer();
    if (isErrorCode(reason) && finalCodes.includes(reason)) {
      // Said to a live connection it means that somebody closed this terminal.
      const lost = reason === 'terminal-not-found' && this.#status.state !== 'live';
      this.#end(lost ? { kind: 'lost' } : { kind: 'refused', code: reason });
      return;
    }
    this.#retryIn(retryDelay(this.#tries++, (this.#options.random ?? Math.random)()));
    if (this.#status.state === 'live') this.#set({ state: 'reconnecting', since: Date.now() });
    else if (this.#tries > 1) this.#set({ state: 'reconnecting' });
  }

  #retryIn(milliseconds: number): void {
    this.#clearTimer();
    this.#timer = setTimeout(() => this.connect(), milliseconds);
  }

  /** Gives a socket up that is silent or talks nonsense, and goes on as if it had closed. */
  #drop(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#closed('');
    socket.close();
  }

  #end(cause: EndCause): void {
    this.#queue.clear();
    this.#set({ state: 'ended', cause, queued: 0 });
    this.dispose();
  }

  /** Sends what waits, as far as the socket takes it. */
  #pump(): void {
    const socket = this.#socket;
    if (this.#status.state !== 'live' || !socket || !this.#resumed || this.#pumpTimer) return;
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
    this.#pumpTimer = setTimeout(() => {
      this.#pumpTimer = null;
      if (socket !== this.#socket || socket.bufferedAmount < waiting) this.#stuckSince = null;
      else if (Date.now() - since > connectionLimits.stalledMs) this.#drop();
      this.#pump();
    }, connectionLimits.pumpMs);
  }

  #set(change: Partial<ConnectionStatus>): void {
    this.#status = { ...this.#status, queued: this.#queue.length, ...change };
    this.#options.onStatus(this.#status);
  }

  #clearTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

function randomHex(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
