import { setTimeout as pause } from 'node:timers/promises';
import { journalLimits } from './journal-limits.ts';

/**
 * How fast events of one sandbox are taken in: a burst at once, then at a rate. Each costs us about a tenth of a
 * millisecond, and a learner can make thousands a second. Who is not read any further is a daemon of the learner's own.
 */
export function createEventPace(options: { now?: () => number; held: () => void }): () => Promise<void> | undefined {
  const { now = () => performance.now(), held } = options;
  const { eventBurst, eventsPerSecond, eventLot } = journalLimits;
  let left: number = eventBurst;
  let at = now();
  return () => {
    left = Math.min(eventBurst, left + ((now() - at) / 1000) * eventsPerSecond) - 1;
    at = now();
    if (left >= 0) return undefined;
    held();
    return pause((eventLot / eventsPerSecond) * 1000);
  };
}
