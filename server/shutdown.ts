export interface ShutdownOptions {
  log: { info(fields: object, text: string): void; error(fields: object, text: string): void };
  /** A step that takes longer than this is left behind. */
  stepMs: number;
}

/** The one list of what must be put away, last in first out. Every part adds itself where it is constructed. */
export class Shutdown {
  readonly #options: ShutdownOptions;
  readonly #steps: { name: string; run: () => Promise<void> | void }[] = [];
  #done: Promise<void> | null = null;

  constructor(options: ShutdownOptions) {
    this.#options = options;
  }

  add(name: string, run: () => Promise<void> | void): void {
    this.#steps.push({ name, run });
  }

  /** Runs every step once, also when called twice; a step that fails or hangs does not keep the next from running. */
  run(why: string): Promise<void> {
    this.#done ??= this.#runAll(why);
    return this.#done;
  }

  async #runAll(why: string): Promise<void> {
    const { log } = this.#options;
    log.info({ why, steps: this.#steps.length }, 'shutting down');
    for (const step of this.#steps.toReversed()) {
      try {
        await this.#within(step.run());
      } catch (error) {
        log.error({ err: error, step: step.name }, 'a shutdown step failed');
      }
    }
    log.info({}, 'shut down');
  }

  async #within(work: Promise<void> | void): Promise<void> {
    const { stepMs } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not done after ${stepMs} ms`)), stepMs);
    });
    await Promise.race([Promise.resolve(work), late]).finally(() => clearTimeout(timer));
  }
}
