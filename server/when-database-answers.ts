import { setTimeout as pause } from 'node:timers/promises';
import { isDatabaseAway } from '#data/database-errors.ts';

/**
 * How a web process waits for its database, milliseconds. Were it to die instead, it would be started and die five times
 * within seconds, and `npm start` would give up and stop the sandbox host with everybody's sandboxes.
 */
const waiting = { firstMs: 500, mostMs: 15_000, atMostMs: 5 * 60_000 };

export interface WaitOptions {
  log: { info(fields: object, text: string): void; warn(fields: object, text: string): void };
  /** Replaced in tests. */
  limits?: typeof waiting;
}

/** Opens the database, again and again while nobody answers there. Anything else that is wrong with it is thrown at once. */
export async function whenDatabaseAnswers<T>(
  open: () => Promise<T>,
  { log, limits = waiting }: WaitOptions,
): Promise<T> {
  const began = performance.now();
  const waited = () => Math.round(performance.now() - began);
  for (let tries = 0; ; tries++) {
    try {
      const opened = await open();
      if (tries > 0) log.info({ ms: waited() }, 'the database answers');
      return opened;
    } catch (error) {
      const next = Math.min(limits.firstMs * 2 ** tries, limits.mostMs);
      if (!isDatabaseAway(error) || waited() + next > limits.atMostMs) throw error;
      if (tries === 0)
        log.warn({ reason: error.message, atMostMs: limits.atMostMs }, 'the database does not answer; waiting for it');
      await pause(next);
    }
  }
}
