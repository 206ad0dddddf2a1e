import type { CpuUse } from '../host/fence-counters.ts';
import { fenceLimits } from './fence-limits.ts';

/** Decides, look by look, whether one sandbox has to stand behind the others for the processor. */
export interface CpuKeeper {
  /** `cpus`: its limit. Tells the decision when it changes, else null. */
  look(use: CpuUse, cpus: number): 'behind' | 'among' | null;
}

/**
 * One that uses most of what it may for some looks goes behind, so that keys and checks of the others never wait for it;
 * once it has been quiet for a while it comes back. Nobody is refused anything.
 */
export function createCpuKeeper(now: () => number = Date.now): CpuKeeper {
  let last: (CpuUse & { at: number }) | null = null;
  let behind = false;
  /** Looks in a row that speak against the present state. */
  let against = 0;

  return {
    look({ cpuMs, periods }, cpus) {
      const at = now();
      const before = last;
      last = { at, cpuMs, periods };
      if (!before || at === before.at) return null;
      const used = (cpuMs - before.cpuMs) / (at - before.at) / cpus;
      // Who stands behind and got little may want much: then something of it ran all the time.
      const ran = ((periods - before.periods) * 100) / (at - before.at);
      const quiet = used < fenceLimits.quietShare && ran < fenceLimits.busyPeriods;
      against = (behind ? quiet : used >= fenceLimits.busyShare) ? against + 1 : 0;
      if (against < (behind ? fenceLimits.quietLooks : fenceLimits.busyLooks)) return null;
      against = 0;
      behind = !behind;
      return behind ? 'behind' : 'among';
    },
  };
}
