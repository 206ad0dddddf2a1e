import { setTimeout as sleep } from 'node:timers/promises';
import { classLimits } from './class-limits.ts';
import { nextDeed } from './deeds.ts';
import type { Learner } from './learner.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A learner who keeps working until told to stop. */
export interface Working {
  /** Resolves once the deed under way has come to its end, with what was refused and how often. */
  stop(): Promise<Map<string, number>>;
}

/**
 * Begins. A deed may be refused while something is dead: that is counted, and the learner goes on. One that neither
 * succeeds nor is refused in time is what learners call "it hangs": `stop` rejects with it.
 */
export function atWork(learner: Learner, random: SeededRandom): Working {
  const refused = new Map<string, number>();
  let stopped = false;
  const done = (async () => {
    while (!stopped) {
      const deed = nextDeed(learner, random);
      const hung = new Error(`${learner.name}: "${deed.name}" had no answer within ${classLimits.deedMs} ms`);
      const over = new AbortController();
      const clock = sleep(classLimits.deedMs, undefined, { signal: over.signal }).then(
        () => Promise.reject(hung),
        () => undefined,
      );
      const deedDone = deed.run().catch(async (error: Error) => {
        const why = `${deed.name.split(' ')[0]}: ${error.message.slice(0, 140)}`;
        refused.set(why, (refused.get(why) ?? 0) + 1);
      });
      await Promise.race([deedDone, clock.then(() => deedDone)]).finally(() => over.abort());
      await sleep(random.between(50, classLimits.pauseMs));
    }
  })();
  done.catch(() => undefined); // told by stop
  return {
    async stop() {
      stopped = true;
      await done;
      return refused;
    },
  };
}
