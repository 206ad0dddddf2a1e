import { setTimeout as pause } from 'node:timers/promises';
import type { CgroupBirths } from '../host/cgroup-births.ts';
import { fenceLimits } from './fence-limits.ts';

/** A sandbox that may be the one in which cgroups are made too fast. */
export interface Suspect {
  id: string;
  /** Its folder in each hierarchy. */
  folders: readonly string[];
  /** Cgroups that may be made in it, per second. */
  limit: number;
}

/**
 * Tells who makes and removes cgroups without end, and how many a second: never many at a time, so that no count shows it, but
 * the kernel's work for each is done outside of whoever asked for it. Where too many are made, it is whose folders change at
 * nearly every look.
 */
export function createMakerSearch(options: {
  births: CgroupBirths;
  /** When a cgroup was last made or removed below these folders, epoch milliseconds. */
  lastChange: (folders: readonly string[]) => Promise<number>;
  pauseMs?: number;
}): (suspects: readonly Suspect[]) => Promise<Map<string, number>> {
  const { births, lastChange, pauseMs = fenceLimits.changeLookMs } = options;

  /** At how many looks each had changed. */
  async function changesOf(suspects: readonly Suspect[]): Promise<number[]> {
    const look = () => Promise.all(suspects.map(({ folders }) => lastChange(folders)));
    const changes = suspects.map(() => 0);
    let before = await look();
    for (let looks = 0; looks < fenceLimits.changeLooks; looks++) {
      await pause(pauseMs);
      const now = await look();
      for (const index of now.keys()) if (now[index] !== before[index]) changes[index] = (changes[index] ?? 0) + 1;
      before = now;
    }
    return changes;
  }

  return async suspects => {
    const perSecond = Math.round(await births.perSecond());
    const possible = suspects.filter(({ limit }) => perSecond > limit);
    if (possible.length === 0) return new Map();
    const changes = await changesOf(possible);
    const makers = possible.filter((_, index) => (changes[index] ?? 0) >= fenceLimits.changesOfMaker);
    return new Map(makers.map(({ id }) => [id, perSecond]));
  };
}
