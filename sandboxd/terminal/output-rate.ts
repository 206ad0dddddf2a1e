/** How much terminal output a sandbox may have passed on. */
export interface OutputBudget {
  /** What it may go on with for ever. */
  bytesPerSecond: number;
  /** What it may have at full speed before that. */
  burstBytes: number;
}

/** Waits shorter than this are saved up: a timer per read of 4 KiB would cost more than it holds back. */
const LEAST_WAIT_MS = 20;

/**
 * One bucket for all terminals of a sandbox: what they write takes from it, time fills it. When it is empty they are held
 * back, the kernel holds back whoever writes, and nothing is lost.
 */
export class OutputRate {
  readonly #budget: OutputBudget;
  readonly #now: () => number;
  readonly #onHeld: (bytesPerSecond: number) => void;
  /** What is left in the bucket at `#at`; negative while held. */
  #left: number;
  #at: number;
  /** When the flood began and what it wrote since, to tell how fast it was. */
  #flood: { since: number; bytes: number };

  /** `onHeld` is told each time it becomes empty, with the rate that emptied it; `now`: milliseconds of a monotonic clock. */
  constructor(
    budget: OutputBudget,
    onHeld: (bytesPerSecond: number) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#budget = budget;
    this.#onHeld = onHeld;
    this.#now = now;
    this.#left = budget.burstBytes;
    this.#at = now();
    this.#flood = { since: this.#at, bytes: 0 };
  }

  /** Notes what was written; how many milliseconds nothing more may be read, 0 for none. */
  took(bytes: number): number {
    const { bytesPerSecond, burstBytes } = this.#budget;
    const now = this.#now();
    this.#left = Math.min(burstBytes, this.#left + ((now - this.#at) * bytesPerSecond) / 1000);
    if (this.#left === burstBytes) this.#flood = { since: now, bytes: 0 };
    this.#at = now;
    this.#left -= bytes;
    this.#flood.bytes += bytes;
    const waitMs = (-this.#left * 1000) / bytesPerSecond;
    if (waitMs < LEAST_WAIT_MS) return 0;
    this.#onHeld(Math.round((this.#flood.bytes * 1000) / Math.max(1, now - this.#flood.since)));
    return waitMs;
  }
}
