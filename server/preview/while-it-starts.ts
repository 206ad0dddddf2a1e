import { setTimeout as sleep } from 'node:timers/promises';
import { errorCodeOf } from '#domain/protocol/errors.ts';
import { previewLimits } from './preview-limits.ts';

/**
 * Tries for as long as a program may take to start and nothing listens (`port-closed`; one that hangs up has started).
 * `isStarting` is asked once, after the first such failure. Throws what the last try threw.
 */
export async function whileItStarts(
  attempt: () => Promise<void>,
  isStarting: () => Promise<boolean>,
  hasLeft: () => boolean,
): Promise<void> {
  const until = Date.now() + previewLimits.startingMs;
  let waits: boolean | undefined;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (errorCodeOf(error) !== 'port-closed') throw error;
      waits ??= await isStarting();
      if (!waits || hasLeft() || Date.now() > until) throw error;
    }
    await sleep(previewLimits.startingPauseMs);
  }
}
