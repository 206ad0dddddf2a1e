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
 * nearly every look, or at most looks of some seconds.
 */
export function createMakerSearch(options: {
  births: CgroupBirths;
  /** When a cgroup was last made or removed below these folders, epoch milliseconds. */
  lastChange: (folders: readonly string[]) => Promise<number>;
  pauseMs?: number;
}): (suspects: readonly Suspect[]) => Promise<Map<string, number>> {
  const { births, lastChange, pauseMs = fenceLimits.changeLookMs } = options;
  /** Changes at the last searches in a row in which too many were made: who rests in between shows in their sum. */
  let history = new Map<string, number[]>();

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
    const changes = possible.length === 0 ? [] : await changesOf(possible);
    history = new Map(
      possible.map(({ id }, index) => {
        const before = history.get(id) ?? [];
        return [id, [...before, changes[index] ?? 0].slice(-fenceLimits.changeSearches)];
      }),
    );
    const makers = possible.filter(({ id }, index) => {
      const sum = (history.get(id) ?? []).reduce((all, each) => all + each, 0);
      return (changes[index] ?? 0) >= fenceLimits.changesOfMaker || sum >= fenceLimits.changesOfRestingMaker;
    });
    return new Map(makers.map(({ id }) => [id, perSecond]));
  };
}
