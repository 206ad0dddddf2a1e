import { setTimeout as sleep } from 'node:timers/promises';
import { previewLimits } from './preview-limits.ts';

/**
 * Tries until something answers, as long as a program may take to start; `isStarting` is asked once, after the first
 * failure. Throws what the last try threw.
 */
export async function whileItStarts(
  attempt: () => Promise<void>,
  isStarting: (error: unknown) => Promise<boolean>,
  hasLeft: () => boolean,
): Promise<void> {
  const until = Date.now() + previewLimits.startingMs;
  let waits: boolean | undefined;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      waits ??= await isStarting(error);
      if (!waits || hasLeft() || Date.now() > until) throw error;
    }
    await sleep(previewLimits.startingPauseMs);
  }
}
