import { setTimeout as sleep } from 'node:timers/promises';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { arrivals } from './arrivals.ts';
import { type Arrival, Visitor } from './visitor.ts';

/** A class that has arrived. */
export interface Attendance {
  /** In the order in which they clicked; those who failed are not among them. */
  arrived: Arrival[];
  failures: string[];
  visitors: Visitor[];
}

/** So many learners click within ten seconds, each having read the lab's page; ends when all have a prompt or failed. */
export async function attendClass(url: string, learners: number): Promise<Attendance> {
  const visitors = Array.from({ length: learners }, () => new Visitor(url));
  for (const visitor of visitors) await visitor.visit();
  const moments = arrivals(learners, benchLimits.classArrivesMs);
  const results = await Promise.allSettled(
    visitors.map(async (visitor, index) => {
      await sleep(moments[index]);
      return visitor.start();
    }),
  );
  return {
    visitors,
    arrived: results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : [])),
    failures: results.flatMap(result => (result.status === 'rejected' ? [String(result.reason)] : [])),
  };
}
