/** Pages whose input is counted: those of a learner's tabs and devices over a day, not one for each reconnect. */
const MAX_WRITERS = 64;

/**
 * How much of each page's input this terminal has taken, across that page's connections: what was under way when a
 * connection broke is sent again exactly once.
 */
export class InputWriters {
  readonly #taken = new Map<string, number>();

  /** Bytes taken of this writer's input; of one that is not known (any more), what it says itself. */
  resume(writer: string, claimed: number): number {
    const taken = this.#taken.get(writer) ?? claimed;
    this.#remember(writer, taken);
    return taken;
  }

  add(writer: string, bytes: number): void {
    this.#remember(writer, (this.#taken.get(writer) ?? 0) + bytes);
  }

  /** The one that wrote last is last: who is forgotten has been silent the longest. */
  #remember(writer: string, taken: number): void {
    this.#taken.delete(writer);
    this.#taken.set(writer, taken);
    if (this.#taken.size <= MAX_WRITERS) return;
    const [silent] = this.#taken.keys();
    if (silent !== undefined) this.#taken.delete(silent);
  }
}
