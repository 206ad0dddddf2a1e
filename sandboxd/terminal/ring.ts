/** The first allocation; a terminal that says little costs little. */
const FIRST_BYTES = 16 * 1024;

/**
 * The last bytes of an endless stream, addressed by their offset since its beginning. Grows by doubling up to
 * `capacity`, then the oldest bytes leave.
 */
export class Ring {
  readonly #capacity: number;
  #bytes: Uint8Array;
  #end = 0;
  #length = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#bytes = new Uint8Array(Math.min(FIRST_BYTES, capacity));
  }

  /** Offset of the oldest byte kept. */
  get start(): number {
    return this.#end - this.#length;
  }

  /** Offset of the next byte to come. */
  get end(): number {
    return this.#end;
  }

  /** Appends, and hands each piece that has to leave to `evict`, oldest first; a piece is only valid during the call. */
  append(bytes: Uint8Array, evict?: (piece: Uint8Array) => void): void {
    if (this.#length + bytes.length > this.#bytes.length) this.#grow(this.#length + bytes.length);
    const leaving = this.#length + bytes.length - this.#bytes.length;
    if (leaving > 0) this.#evict(leaving, bytes, evict);
    const kept = bytes.length > this.#bytes.length ? bytes.subarray(bytes.length - this.#bytes.length) : bytes;
    const at = (this.#end + bytes.length - kept.length) % this.#bytes.length;
    const head = Math.min(kept.length, this.#bytes.length - at);
    this.#bytes.set(kept.subarray(0, head), at);
    this.#bytes.set(kept.subarray(head), 0);
    this.#end += bytes.length;
    this.#length = Math.min(this.#length + bytes.length, this.#bytes.length);
  }

  /** Up to `max` bytes beginning at `offset`, fewer where the ring wraps; a view, valid until the next append. */
  read(offset: number, max: number): Uint8Array {
    if (offset < this.start || offset >= this.#end) return new Uint8Array(0);
    const at = offset % this.#bytes.length;
    const length = Math.min(max, this.#end - offset, this.#bytes.length - at);
    return this.#bytes.subarray(at, at + length);
  }

  #evict(leaving: number, incoming: Uint8Array, evict: ((piece: Uint8Array) => void) | undefined): void {
    let offset = this.start;
    const stop = Math.min(offset + leaving, this.#end);
    while (offset < stop) {
      const piece = this.read(offset, stop - offset);
      evict?.(piece);
      offset += piece.length;
    }
    this.#length -= Math.min(leaving, this.#length);
    // More came at once than the ring can hold: its head passes straight through.
    const through = incoming.length - this.#bytes.length;
    if (through > 0) evict?.(incoming.subarray(0, through));
  }

  #grow(wanted: number): void {
    let size = this.#bytes.length;
    while (size < wanted && size < this.#capacity) size = Math.min(size * 2, this.#capacity);
    if (size === this.#bytes.length) return;
    const next = new Uint8Array(size);
    for (let offset = this.start; offset < this.#end; ) {
      const piece = this.read(offset, size);
      const at = offset % size;
      const head = Math.min(piece.length, size - at);
      next.set(piece.subarray(0, head), at);
      next.set(piece.subarray(head), 0);
      offset += piece.length;
    }
    this.#bytes = next;
  }
}
