import { SerializeAddon } from '@xterm/addon-serialize';
import headless from '@xterm/headless';
import { elideScrolledAway } from './elide-scrolled-away.ts';

/** Evicted bytes are parsed in blocks of this size, so that a flood costs little. */
const BLOCK_BYTES = 256 * 1024;
/** Sizes remembered until the output has moved past them; more are merged. */
const MAX_RESIZES = 64;

interface Resize {
  offset: number;
  cols: number;
  rows: number;
}

/**
 * The screen as it was at the start of the ring: it is fed what leaves the ring, so that a viewer who fell out of it gets
 * a full-screen program repainted right. Costs nothing until the first byte leaves.
 */
export class ScreenMirror {
  #terminal: headless.Terminal | null = null;
  readonly #serializer = new SerializeAddon();
  #size: { cols: number; rows: number };
  #resizes: Resize[] = [];
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #parsing = 0;
  #fed = 0;

  constructor(size: { cols: number; rows: number }) {
    this.#size = { cols: size.cols, rows: size.rows };
  }

  /** Offset of the output that the mirror has been fed up to. */
  get offset(): number {
    return this.#fed;
  }

  /** Bytes being parsed. */
  get backlog(): number {
    return this.#parsing;
  }

  /** The terminal gets this size from `offset` on. */
  resizeAt(offset: number, cols: number, rows: number): void {
    const last = this.#resizes.at(-1);
    if (last && (last.offset === offset || this.#resizes.length >= MAX_RESIZES)) Object.assign(last, { cols, rows });
    else this.#resizes.push({ offset, cols, rows });
  }

  /** Takes a copy of a piece that leaves the ring. `parsed` is called when the backlog shrinks. */
  feed(piece: Uint8Array, parsed: () => void): void {
    let rest = piece;
    for (let next = this.#resizes[0]; next && next.offset < this.#fed + rest.length; next = this.#resizes[0]) {
      const before = rest.subarray(0, Math.max(0, next.offset - this.#fed));
      this.#take(before);
      rest = rest.subarray(before.length);
      this.#parse(parsed);
      this.#resizes.shift();
      this.#size = { cols: next.cols, rows: next.rows };
      // Writes are queued inside the terminal: the size must change after them, so it goes through the same queue.
      this.#open().write('', () => this.#open().resize(next.cols, next.rows));
    }
    this.#take(rest);
    if (this.#pendingBytes >= BLOCK_BYTES) this.#parse(parsed);
  }

  /** The screen at `offset` as escape sequences, once everything fed is parsed. */
  snapshot(): Promise<string> {
    this.#parse(() => {});
    return new Promise(resolve => this.#open().write('', () => resolve(this.#serializer.serialize())));
  }

  dispose(): void {
    this.#terminal?.dispose();
    this.#terminal = null;
    this.#pending = [];
  }

  #take(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pending.push(Buffer.from(piece));
    this.#pendingBytes += piece.length;
    this.#fed += piece.length;
  }

  #parse(parsed: () => void): void {
    if (this.#pendingBytes === 0) return;
    const block = elideScrolledAway(Buffer.concat(this.#pending), this.#size.rows);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#parsing += block.length;
    this.#open().write(block, () => {
      this.#parsing -= block.length;
      parsed();
    });
  }

  #open(): headless.Terminal {
    if (!this.#terminal) {
      this.#terminal = new headless.Terminal({ ...this.#size, scrollback: 0, allowProposedApi: true });
      this.#terminal.loadAddon(this.#serializer);
    }
    return this.#terminal;
  }
}
