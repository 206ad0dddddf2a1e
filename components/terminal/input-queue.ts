/** Input that waits to be sent: bounded, in order, cut into frames. */
export class InputQueue {
  readonly #capacity: number;
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#length;
  }

  /** All or nothing, because half a paste is worse than none; false when it does not fit. */
  push(bytes: Uint8Array): boolean {
    if (this.#length + bytes.length > this.#capacity) return false;
    if (bytes.length > 0) this.#pieces.push(bytes);
    this.#length += bytes.length;
    return true;
  }

  /** Up to `max` bytes from the front; null when empty. */
  shift(max: number): Uint8Array | null {
    const head = this.#pieces[0];
    if (!head) return null;
    const taken = head.subarray(0, max);
    if (taken.length === head.length) this.#pieces.shift();
    else this.#pieces[0] = head.subarray(max);
    this.#length -= taken.length;
    return taken;
  }

  clear(): void {
    this.#pieces = [];
    this.#length = 0;
  }
}
