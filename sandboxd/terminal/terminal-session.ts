import type { WebSocket } from 'ws';
import { decodeClientFrame, terminalLimits } from '#domain/protocol/terminal-frames.ts';
import { FlushRule } from './flush-rule.ts';
import type { OutputRate } from './output-rate.ts';
import type { Pty } from './pty-source.ts';
import { Ring } from './ring.ts';
import { ScreenMirror } from './screen-mirror.ts';
import { SessionInput } from './session-input.ts';
import { TerminalViewer } from './terminal-viewer.ts';

/** Output kept for nobody in particular: the ring, less one read that may still come after the pause. */
const UNATTENDED_BYTES = terminalLimits.ringBytes - 65_536;

interface SessionOptions {
  pty: Pty;
  cols: number;
  rows: number;
  /** The bucket of its sandbox; none: output is passed on as fast as it is seen. */
  rate?: OutputRate;
  /** A person typed. */
  onInput?: () => void;
  /** The shell has ended by itself. */
  onExit?: (code: number | null) => void;
  /** The last viewer left. */
  onDeserted?: () => void;
}

/**
 * A shell's terminal, apart from who looks at it: keeps the last output, feeds the viewers as fast as each can render,
 * holds the shell back when none of them can take more, and goes on without viewers until its memory is full.
 */
export class TerminalSession {
  readonly #options: SessionOptions;
  readonly #pty: Pty;
  readonly #ring = new Ring(terminalLimits.ringBytes);
  readonly #mirror: ScreenMirror;
  readonly #viewers = new Set<TerminalViewer>();
  readonly #flushRule = new FlushRule();
  readonly #input: SessionInput;
  #size: { cols: number; rows: number };
  #flushTimer: NodeJS.Timeout | null = null;
  /** Set while its sandbox has written too much: nothing is read then. */
  #rateTimer: NodeJS.Timeout | null = null;
  #paused = false;
  #snapshots = 0;
  /** Nothing after this offset has been seen by anybody: it must not be overwritten while nobody looks. */
  #unseenFrom = 0;
  #exit: { code: number | null } | null = null;
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#pty = options.pty;
    this.#size = { cols: options.cols, rows: options.rows };
    this.#mirror = new ScreenMirror(this.#size);
    this.#input = new SessionInput({
      pty: this.#pty,
      viewers: this.#viewers,
      onInput: options.onInput,
      // The acknowledgements of who is held wait behind its input: were the shell held back for them, neither would ever move.
      onHeld: () => this.#regulate(),
    });
    this.#pty.onExit(code => this.#exited(code));
    this.#pty.onData(bytes => this.#output(bytes));
  }

  get size(): { cols: number; rows: number } {
    return this.#size;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Whether the shell is held back at the moment. */
  get paused(): boolean {
    return this.#paused;
  }

  /** Offset of the next byte of output. */
  get end(): number {
    return this.#ring.end;
  }

  /** Takes over a socket and sends it everything from `from` on, or the screen where that is no longer known. */
  attach(socket: WebSocket, from: number | null): void {
    const viewer = new TerminalViewer(socket);
    this.#viewers.add(viewer);
    this.#input.joined(viewer);
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data, isBinary) => this.#frame(viewer, data as Buffer, isBinary));
    socket.on('close', () => this.#detach(viewer));
    socket.on('error', () => socket.terminate());
    if (from !== null && from >= this.#ring.start && from <= this.#ring.end) this.#begin(viewer, from, false);
    else if (this.#ring.start === 0) this.#begin(viewer, 0, true);
    else this.#resync(viewer);
  }

  /** Sizes the terminal while nobody looks. */
  resize(cols: number, rows: number): void {
    if (this.#viewers.size === 0) this.#setSize(cols, rows);
  }

  /** Ends the shell with all its children, and says why to who looks. */
  async close(closeCode: number, reason: string): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      if (this.#flushTimer) clearTimeout(this.#flushTimer);
      if (this.#rateTimer) clearTimeout(this.#rateTimer);
      for (const viewer of this.#viewers) {
        if (this.#exit) viewer.exit(this.#exit.code);
        viewer.socket.close(closeCode, reason);
      }
      this.#viewers.clear();
      this.#mirror.dispose();
    }
    await this.#pty.kill();
  }

  #output(bytes: Uint8Array): void {
    if (this.#closed) return;
    this.#ring.append(bytes, piece => this.#mirror.feed(piece, () => this.#regulate()));
    // Each viewer is sent its own copy: a dozen of one's own must not be a dozen times as much.
    this.#slowDown(this.#options.rate?.took(bytes.length * Math.max(1, this.#viewers.size)) ?? 0);
    this.#regulate();
    if (this.#viewers.size === 0 || this.#flushTimer) {
      if (this.#flushTimer && this.#pending() >= terminalLimits.gatherBytes) this.#flush();
      return;
    }
    if (this.#flushRule.decide(this.#pending(), performance.now()) === 'now') this.#flush();
    else this.#flushTimer = setTimeout(() => this.#flush(), terminalLimits.gatherMs);
  }

  #slowDown(ms: number): void {
    if (ms === 0 || this.#rateTimer) return;
    this.#rateTimer = setTimeout(() => {
      this.#rateTimer = null;
      this.#regulate();
    }, ms);
  }

  /** Output that the most advanced viewer has not been sent. */
  #pending(): number {
    let sent = 0;
    for (const viewer of this.#viewers) sent = Math.max(sent, viewer.sent);
    return this.#ring.end - sent;
  }

  #flush(): void {
    if (this.#flushTimer) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    this.#flushRule.flushed(this.#pending(), performance.now());
    for (const viewer of this.#viewers) this.#pump(viewer);
  }

  #pump(viewer: TerminalViewer): void {
    if (viewer.syncing || !this.#viewers.has(viewer)) return;
    if (viewer.sent < this.#ring.start) {
      // It is far behind: what it has is rendered first, or screens would pile up on a connection that sleeps.
      if (viewer.sent - viewer.acked < terminalLimits.resumeBelow) this.#resync(viewer);
      return;
    }
    viewer.pump(this.#ring, () => this.#pump(viewer));
    if (this.#exit && viewer.sent === this.#ring.end) viewer.exit(this.#exit.code);
  }

  #begin(viewer: TerminalViewer, offset: number, reset: boolean, snapshot?: string): void {
    viewer.sent = offset;
    viewer.acked = offset;
    viewer.state({ type: 'attached', offset, reset, live: this.#ring.end, ...this.#size });
    if (snapshot !== undefined) viewer.state({ type: 'snapshot', offset, data: snapshot });
    this.#regulate();
    this.#pump(viewer);
  }

  /** For a viewer who fell out of the ring: the screen at its start, then the ring. Meanwhile the shell is held. */
  #resync(viewer: TerminalViewer): void {
    viewer.syncing = true;
    this.#snapshots++;
    this.#regulate();
    void this.#mirror.snapshot().then(screen => {
      this.#snapshots--;
      viewer.syncing = false;
      if (this.#viewers.has(viewer)) this.#begin(viewer, this.#mirror.offset, true, screen);
      this.#regulate();
    });
  }

  #detach(viewer: TerminalViewer): void {
    if (!this.#viewers.delete(viewer)) return;
    if (this.#viewers.size === 0) this.#unseenFrom = Math.max(this.#unseenFrom, viewer.acked);
    this.#input.left(viewer);
    this.#negotiateSize();
    this.#regulate();
    if (this.#viewers.size === 0) this.#options.onDeserted?.();
  }

  #frame(viewer: TerminalViewer, data: Buffer, isBinary: boolean): void {
    const frame = isBinary ? decodeClientFrame(data) : null;
    if (!frame) {
      viewer.socket.close(4400, 'bad-request');
      return;
    }
    if (this.#closed || viewer.replaced) return;
    switch (frame.kind) {
      case 'writer':
        this.#input.resume(viewer, frame.writer, frame.taken);
        break;
      case 'input':
        if (!this.#exit) this.#input.take(viewer, frame.bytes);
        break;
      case 'ack':
        viewer.acked = Math.max(viewer.acked, Math.min(frame.offset, viewer.sent));
        this.#regulate();
        this.#pump(viewer);
        break;
      case 'resize':
        viewer.size = { cols: frame.cols, rows: frame.rows };
        this.#negotiateSize();
        break;
    }
  }

  /** The smallest of all wanted sizes, so that nobody sees cut lines. */
  #negotiateSize(): void {
    const wanted = [...this.#viewers].flatMap(viewer => viewer.size ?? []);
    if (wanted.length === 0) return;
    this.#setSize(Math.min(...wanted.map(size => size.cols)), Math.min(...wanted.map(size => size.rows)));
  }

  #setSize(cols: number, rows: number): void {
    if (cols === this.#size.cols && rows === this.#size.rows) return;
    this.#size = { cols, rows };
    this.#mirror.resizeAt(this.#ring.end, cols, rows);
    if (!this.#exit) this.#pty.resize(cols, rows);
    for (const viewer of this.#viewers) viewer.state({ type: 'size', cols, rows });
  }

  #exited(code: number | null): void {
    this.#exit = { code };
    this.#flush();
    this.#options.onExit?.(code);
  }

  /** Holds the shell back, or lets it go on. */
  #regulate(): void {
    const hold = this.#mustHold();
    if (hold === this.#paused) return;
    this.#paused = hold;
    if (hold) this.#pty.pause();
    else this.#pty.resume();
  }

  #mustHold(): boolean {
    if (this.#closed) return false;
    if (this.#rateTimer) return true;
    if (this.#snapshots > 0 || this.#mirror.backlog > terminalLimits.mirrorHoldAbove) return true;
    if (this.#viewers.size === 0) return this.#ring.end - this.#unseenFrom >= UNATTENDED_BYTES;
    const limit = this.#paused ? terminalLimits.resumeBelow : terminalLimits.pauseAbove;
    for (const viewer of this.#viewers) {
      if (!viewer.syncing && (viewer.held || this.#ring.end - viewer.acked <= limit)) return false;
    }
    return true;
  }
}
