import { poolLimits } from './pool-limits.ts';

/** How many sandboxes should wait, judged by how many learners came lately. */
export interface Demand {
  /** A learner got a new sandbox. */
  claimed(): void;
  /** Between `min` and `max`: half as many more as came within the window, since who comes is followed by others. */
  target(): number;
}

export function createDemand(options: {
  bounds: () => { poolMin: number; poolMax: number };
  now?: () => number;
}): Demand {
  const { now = Date.now } = options;
  let claims: number[] = [];
  return {
    claimed() {
      claims.push(now());
    },
    target() {
      claims = claims.filter(at => now() - at < poolLimits.demandWindowMs);
      const { poolMin, poolMax } = options.bounds();
      return Math.min(poolMax, poolMin + Math.floor(claims.length / 2));
    },
  };
}
