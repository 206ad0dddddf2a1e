import { type ErrorCode, isErrorCode } from '#domain/protocol/errors.ts';
import { decodeServerFrame, encodeResize, type TerminalState } from '#domain/protocol/terminal-frames.ts';
import { isTerminalReport } from '#domain/protocol/terminal-report.ts';
import { connectionLimits } from './connection-limits.ts';
import { InputSender } from './input-sender.ts';
import { OutputReceiver, type TerminalScreen } from './output-receiver.ts';
import { retryDelay } from './retry-delay.ts';

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

/**
 * One terminal's connection, whatever the network does: resumes at the exact byte, acknowledges what is rendered, keeps
 * what is typed meanwhile. Free of any framework.
 */
export class TerminalConnection {
  readonly #options: ConnectionOptions;
  readonly #input = new InputSender(() => this.#drop());
  readonly #output: OutputReceiver;
  #status: ConnectionStatus;
  #socket: WebSocket | null = null;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #size: { cols: number; rows: number } | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#output = new OutputReceiver(options.screen);
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
    return this.#output.received ?? 0;
  }

  connect(): void {
    if (this.#socket || this.#status.state === 'ended') return;
    this.#clearTimer();
    const { received } = this.#output;
    const from = received === null ? '' : `?from=${received}`;
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
    if (this.#output.replays && isTerminalReport(bytes)) return;
    const fits = this.#input.push(bytes);
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
    this.#input.dispose();
    this.#output.dispose();
    socket?.close(1000);
  }

  #frame(bytes: Uint8Array): void {
    const frame = decodeServerFrame(bytes);
    if (frame?.kind === 'state') this.#state(frame.state);
    else if (!frame || !this.#output.take(frame)) this.#drop();
  }

  #state(state: TerminalState): void {
    switch (state.type) {
      case 'attached':
        this.#attached(state);
        break;
      case 'snapshot':
        this.#output.snapshot(state.data, state.offset);
        break;
      case 'size':
        this.#options.screen.resize(state.cols, state.rows);
        break;
      case 'typed':
        if (this.#input.taken(state.bytes)) this.#set({});
        break;
      case 'exit':
        this.#end({ kind: 'exit', code: state.code });
        break;
    }
  }

  #attached(state: Extract<TerminalState, { type: 'attached' }>): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#clearTimer();
    this.#tries = 0;
    this.#output.attach(socket, state);
    this.#input.attach(socket);
    this.#options.screen.resize(state.cols, state.rows);
    this.#set({ state: 'live', offline: false });
    if (this.#size) this.resize(this.#size.cols, this.#size.rows);
    this.#output.ack();
    this.#set({ overflowed: false });
  }

  #closed(reason: string): void {
    this.#socket = null;
    this.#input.detach();
    this.#output.detach();
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
    this.#input.clear();
    this.#set({ state: 'ended', cause, queued: 0 });
    this.dispose();
  }

  #set(change: Partial<ConnectionStatus>): void {
    this.#status = { ...this.#status, queued: this.#input.waiting, ...change };
    this.#options.onStatus(this.#status);
  }

  #clearTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
