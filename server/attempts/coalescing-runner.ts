export interface CoalescingRunnerOptions {
  run: () => Promise<void>;
  /** Requests within this time share one run. */
  debounceMs: number;
  onError: (error: unknown) => void;
}

/**
 * Runs `run` after a request: requests close together share a run, runs never overlap, and a request that comes while
 * one is under way gets a run that starts after it (a change seen half by a run is never missed).
 */
export class CoalescingRunner {
  readonly #options: CoalescingRunnerOptions;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(options: CoalescingRunnerOptions) {
    this.#options = options;
  }

  /** Asks for a run soon. The first of several requests sets the time, so a stream of them cannot put it off. */
  request(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#timer ??= setTimeout(() => this.#start(), this.#options.debounceMs);
  }

  /** Ends when no run is under way; no further one begins. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#running;
  }

  #start(): void {
    this.#timer = null;
    this.#running = this.#options
      .run()
      .catch(this.#options.onError)
      .finally(() => {
        this.#running = null;
        const again = this.#again;
        this.#again = false;
        if (again) this.request();
      });
  }
}
