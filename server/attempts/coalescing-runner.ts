export interface CoalescingRunnerOptions {
  /** Resolves with how many runs it counts as, at least 1. */
  run: () => Promise<number>;
  /** Requests within this time share one run. */
  debounceMs: number;
  /** So many runs may follow each other at once; after that there is one per `refillMs`. */
  burst: number;
  refillMs: number;
  onError: (error: unknown) => void;
}

/**
 * Runs `run` after a request: requests close together share a run, runs never overlap, and a request that comes while
 * one is under way gets a run that starts after it (a change seen half by a run is never missed). A stream of requests
 * is slowed down after a burst, the more the heavier its runs: what a learner's loop makes happen must not become work without
 * end here.
 */
export class CoalescingRunner {
  readonly #options: CoalescingRunnerOptions;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #tokens: number;
  #refilledAt = performance.now();
  #stopped = false;

  constructor(options: CoalescingRunnerOptions) {
    this.#options = options;
    this.#tokens = options.burst;
  }

  /** Asks for a run soon. The first of several requests sets the time, so a stream of them cannot put it off. */
  request(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#timer ??= setTimeout(() => this.#start(), this.#waitMs());
  }

  /** Ends when no run is under way; no further one begins. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#running;
  }

  #waitMs(): number {
    const { debounceMs, burst, refillMs } = this.#options;
    const now = performance.now();
    this.#tokens = Math.min(burst, this.#tokens + (now - this.#refilledAt) / refillMs);
    this.#refilledAt = now;
    return this.#tokens >= 1 ? debounceMs : Math.max(debounceMs, (1 - this.#tokens) * refillMs);
  }

  #start(): void {
    this.#timer = null;
    this.#tokens -= 1;
    this.#running = this.#options
      .run()
      .then(counts => {
        this.#tokens -= counts - 1;
      })
      .catch(this.#options.onError)
      .finally(() => {
        this.#running = null;
        const again = this.#again;
        this.#again = false;
        if (again) this.request();
      });
  }
}
