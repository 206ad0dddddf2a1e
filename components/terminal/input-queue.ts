/**
 * A page's input to a terminal: bounded, in order, cut into frames. What was sent is kept until the shell has taken it,
 * so that a connection that breaks can send it again. Offsets count bytes since the page opened the terminal.
 */
export class InputQueue {
  readonly #capacity: number;
  #waiting: Uint8Array[] = [];
  #length = 0;
  /** Sent on this connection and not known to be taken. */
  #sent: Uint8Array[] = [];
  #underWay = 0;
  /** Offset of the first byte of `#sent`. */
  #taken = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Bytes that wait to be sent. */
  get length(): number {
    return this.#length;
  }

  /** Bytes sent and not known to be taken. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Offset up to which the shell is known to have everything. */
  get taken(): number {
    return this.#taken;
  }

  /** All or nothing, because half a paste is worse than none; false when it does not fit. */
  push(bytes: Uint8Array): boolean {
    if (this.#length + bytes.length > this.#capacity) return false;
    if (bytes.length > 0) this.#waiting.push(bytes);
    this.#length += bytes.length;
    return true;
  }

  /** Up to `max` bytes that are sent now; null when none wait. */
  shift(max: number): Uint8Array | null {
    const head = this.#waiting[0];
    if (!head) return null;
    const bytes = head.subarray(0, max);
    if (bytes.length === head.length) this.#waiting.shift();
    else this.#waiting[0] = head.subarray(max);
    this.#length -= bytes.length;
    this.#sent.push(bytes);
    this.#underWay += bytes.length;
    return bytes;
  }

  /** The shell has everything before `offset`: it need not be kept. */
  confirm(offset: number): void {
    let left = Math.min(offset - this.#taken, this.#underWay);
    if (left <= 0) return;
    this.#taken += left;
    this.#underWay -= left;
    let whole = 0;
    for (let piece = this.#sent[0]; piece && piece.length <= left; piece = this.#sent[whole]) {
      left -= piece.length;
      whole++;
    }
    this.#sent.splice(0, whole);
    if (left > 0 && this.#sent[0]) this.#sent[0] = this.#sent[0].subarray(left);
  }

  /** A new connection: what the shell has not taken waits again, before everything else. */
  resume(offset: number): void {
    this.confirm(offset);
    this.#waiting = [...this.#sent, ...this.#waiting];
    this.#length += this.#underWay;
    this.#sent = [];
    this.#underWay = 0;
  }

  clear(): void {
    this.#waiting = [];
    this.#sent = [];
    this.#length = 0;
    this.#underWay = 0;
  }
}
