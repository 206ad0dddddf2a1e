import { sandboxStart } from './metrics.ts';

/** What the start of a sandbox is made of: its network, disk and container are made; its init runs; its dockerd answers. */
export const startPhases = ['create', 'run', 'answer'] as const;
type StartPhase = (typeof startPhases)[number];

/** Times one start; phases follow each other. */
export interface StartTimer {
  /** This phase is over. */
  done(phase: StartPhase): void;
  /** The whole start is: counts all of it, and gives milliseconds by phase for the log. */
  finish(): Record<StartPhase | 'all', number>;
}

export function createStartTimer(now: () => number = () => performance.now()): StartTimer {
  const began = now();
  const took = { create: 0, run: 0, answer: 0, all: 0 };
  let last = began;
  return {
    done(phase) {
      const at = now();
      took[phase] += Math.round(at - last);
      last = at;
    },
    finish() {
      took.all = Math.round(now() - began);
      // A start that failed half way would make the first phases look slow or fast: only whole ones count.
      for (const [phase, ms] of Object.entries(took)) sandboxStart.observe({ phase }, ms / 1_000);
      return took;
    },
  };
}
