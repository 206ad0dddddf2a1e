import { setTimeout as sleep } from 'node:timers/promises';
import { classLimits } from './class-limits.ts';
import { nextDeed } from './deeds.ts';
import type { Learner } from './learner.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A learner who keeps working until told to stop. */
export interface Working {
  /** Resolves once the deed under way has come to its end, with how many were done, and what was refused how often. */
  stop(): Promise<{ done: number; refused: Map<string, number> }>;
}

/**
 * Begins. A deed may be refused while something is dead: that is counted, and the learner goes on. One that neither
 * succeeds nor is refused in time is what learners call "it hangs": `stop` rejects with it.
 */
export function atWork(learner: Learner, random: SeededRandom): Working {
  const refused = new Map<string, number>();
  let done = 0;
  let stopped = false;
  const over = (async () => {
    while (!stopped) {
      const deed = nextDeed(learner, random);
      const hung = new Error(`${learner.name}: "${deed.name}" had no answer within ${classLimits.deedMs} ms`);
      const ended = new AbortController();
      const clock = sleep(classLimits.deedMs, undefined, { signal: ended.signal }).then(
        () => Promise.reject(hung),
        () => undefined,
      );
      const deedDone = deed.run().then(
        () => {
          done++;
        },
        (error: Error) => {
          const why = `${deed.name.split(' ')[0]}: ${error.message.slice(0, 140)}`;
          refused.set(why, (refused.get(why) ?? 0) + 1);
        },
      );
      await Promise.race([deedDone, clock.then(() => deedDone)]).finally(() => ended.abort());
      await sleep(random.between(50, classLimits.pauseMs));
    }
  })();
  over.catch(() => undefined); // told by stop
  return {
    async stop() {
      stopped = true;
      await over;
      return { done, refused };
    },
  };
}
