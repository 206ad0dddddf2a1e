import type { Cgroups } from './cgroups.ts';
import { hostLimits } from './host-limits.ts';
import { containerIdOf } from './proc-texts.ts';
import { readBounded } from './read-bounded.ts';
import { sandboxPids } from './sandbox-pids.ts';

/**
 * Thaws the cgroups that a sandbox's processes are in, from outside, each up to the sandbox's own. `own` leaves alone the
 * learner's containers, which he may have paused on purpose; `all` does not. Bounded by the number of processes, however
 * many cgroups there are. Never throws.
 */
export function thawSandbox(cgroups: Cgroups, containerId: string, which: 'own' | 'all', procRoot = '/proc'): void {
  const top = cgroups.pathOf(containerId);
  const paths = new Set<string>([top]);
  for (const pid of sandboxPids(cgroups, containerId, procRoot)) {
    const text = readBounded(`${procRoot}/${pid}/cgroup`, hostLimits.maxProcFileBytes);
    let path = text === null ? null : cgroups.freezerPathOf(Buffer.from(text, 'latin1').toString('utf8'));
    if (path === null || !path.startsWith(`${top}/`)) continue;
    if (which === 'own' && containerIdOf(path.slice(top.length)) !== null) continue;
    for (; path.length > top.length; path = path.slice(0, path.lastIndexOf('/'))) paths.add(path);
  }
  // From the top down: what is below a frozen one cannot thaw.
  for (const path of [...paths].sort((a, b) => a.length - b.length)) cgroups.thaw(path);
}
