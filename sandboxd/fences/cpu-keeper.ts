import { fenceLimits } from './fence-limits.ts';

/** Decides, look by look, whether one sandbox has to stand behind the others for the processor. */
export interface CpuKeeper {
  /** `cpuMs`: processor time it used in all; `cpus`: its limit. Tells the decision when it changes, else null. */
  look(cpuMs: number, cpus: number): 'behind' | 'among' | null;
}

/**
 * One that uses most of what it may for some looks goes behind, so that keys and checks of the others never wait for it;
 * once it has been quiet for a while it comes back. Nobody is refused anything.
 */
export function createCpuKeeper(now: () => number = Date.now): CpuKeeper {
  let last: { at: number; cpuMs: number } | null = null;
  let behind = false;
  /** Looks in a row that speak against the present state. */
  let against = 0;

  return {
    look(cpuMs, cpus) {
      const at = now();
      const before = last;
      last = { at, cpuMs };
      if (!before || at === before.at) return null;
      const share = (cpuMs - before.cpuMs) / (at - before.at) / cpus;
      const other = behind ? share < fenceLimits.quietShare : share >= fenceLimits.busyShare;
      against = other ? against + 1 : 0;
      if (against < (behind ? fenceLimits.quietLooks : fenceLimits.busyLooks)) return null;
      against = 0;
      behind = !behind;
      return behind ? 'behind' : 'among';
    },
  };
}
