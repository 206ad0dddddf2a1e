import fs from 'node:fs';
import path from 'node:path';
import type { CgroupCensus } from './cgroup-census.ts';
import { hierarchiesV1 } from './cgroup-hierarchies.ts';
import type { CgroupBounds } from './cgroups.ts';
import { hostLimits } from './host-limits.ts';
import { readBounded } from './read-bounded.ts';

/** Of the version with one hierarchy per controller, where the kernel has no limit: each of them is walked. */
export function createCgroupCensusV1(root = '/sys/fs/cgroup', sums = '/proc/cgroups'): CgroupCensus {
  const hierarchies = hierarchiesV1(root);

  return {
    count(cgroup, bounds, turn) {
      const census = { cgroups: 0, depth: 0, over: [] as string[] };
      for (const [index, hierarchy] of hierarchies.entries()) {
        const folder = path.join(hierarchy, cgroup);
        const walk = turn === 'all' || index === turn % hierarchies.length;
        const seen = walk ? survey(folder, bounds) : { cgroups: childCount(folder), depth: 1 };
        census.cgroups = Math.max(census.cgroups, seen.cgroups);
        census.depth = Math.max(census.depth, seen.depth);
        if (seen.cgroups > bounds.cgroups || seen.depth > bounds.cgroupDepth) census.over.push(folder);
      }
      return census;
    },
    machine() {
      // "memory 4 123 1": controller, hierarchy, cgroups, enabled.
      const lines = readBounded(sums, hostLimits.maxCounterBytes)?.split('\n') ?? [];
      return Math.max(0, ...lines.map(line => Number(line.split('\t')[2]) || 0));
    },
  };
}

/** The kernel keeps the number of children as that of links: no folder has to be read for it. */
function childCount(folder: string): number {
  return Math.max(0, (fs.statSync(folder, { throwIfNoEntry: false })?.nlink ?? 2) - 2);
}

/** Counts level by level, and stops as soon as it is too much: no folder with more children than allowed is listed. */
function survey(top: string, bounds: CgroupBounds): { cgroups: number; depth: number } {
  let cgroups = 0;
  let level = [top];
  for (let depth = 0; ; depth++) {
    const parents = level.filter(folder => {
      const children = childCount(folder);
      cgroups += children;
      return children > 0;
    });
    if (parents.length === 0) return { cgroups, depth };
    if (cgroups > bounds.cgroups || depth >= bounds.cgroupDepth) return { cgroups, depth: depth + 1 };
    level = parents.flatMap(foldersIn);
  }
}

function foldersIn(folder: string): string[] {
  try {
    const entries = fs.readdirSync(folder, { withFileTypes: true });
    return entries.filter(entry => entry.isDirectory()).map(entry => path.join(folder, entry.name));
  } catch {
    // Removed meanwhile.
    return [];
  }
}
