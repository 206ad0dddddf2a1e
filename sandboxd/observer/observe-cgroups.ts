import type { CgroupFact } from '#domain/facts/facts.ts';
import type { Cgroups } from '../host/cgroups.ts';
import { observerLimits } from './observer-limits.ts';

/** The part of the process table that places containers. */
interface Placed {
  outerPid: number;
  innerPid: number;
  containerId: string | null;
}

/** What the kernel enforces on each container that has a process. */
export function observeCgroups(
  cgroups: Cgroups,
  processes: readonly Placed[],
  cgroupPaths: ReadonlyMap<number, string>,
): CgroupFact[] {
  const paths = new Map<string, string>();
  for (const { containerId, outerPid } of processes) {
    const path = cgroupPaths.get(outerPid);
    if (containerId === null || path === undefined) continue;
    // Up to the container's own cgroup: processes may sit in one below it.
    const own = path.slice(0, path.indexOf(containerId) + containerId.length) + scopeEnding(path, containerId);
    if (!paths.has(containerId)) paths.set(containerId, own);
  }
  const facts: CgroupFact[] = [];
  for (const [containerId, path] of [...paths].slice(0, observerLimits.maxContainers)) {
    const reading = cgroups.read(path);
    if (reading) facts.push({ containerId, ...reading });
  }
  return facts;
}

function scopeEnding(path: string, containerId: string): string {
  return path.slice(path.indexOf(containerId) + containerId.length).startsWith('.scope') ? '.scope' : '';
}
