import type { Logger } from 'pino';

/** Runs something again and again, never twice at once; a failure is logged and the next round comes. */
export function createUpkeep(options: { everyMs: number; run: () => Promise<void>; log: Logger }) {
  let timer: NodeJS.Timeout | null = null;
  let running = false;

  async function round(): Promise<void> {
    await options.run().catch(err => options.log.warn({ err }, 'upkeep failed; it is tried again'));
    if (running) timer = setTimeout(round, options.everyMs);
  }
  return {
    start(): void {
      if (running) return;
      running = true;
      timer = setTimeout(round, 0);
    },
    stop(): void {
      running = false;
      if (timer) clearTimeout(timer);
    },
  };
}
