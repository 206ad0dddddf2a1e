import fs from 'node:fs';
import path from 'node:path';
import { hierarchiesV1 } from './cgroup-hierarchies.ts';
import { cpusOf, readCounter, readLimit } from './cgroup-numbers.ts';
import type { Cgroups } from './cgroups.ts';
import { hostLimits } from './host-limits.ts';
import { parseCgroupPath } from './proc-texts.ts';
import { readBounded } from './read-bounded.ts';

/** The version with one hierarchy per controller. `root` is where they are mounted. */
export function createCgroupsV1(root = '/sys/fs/cgroup'): Cgroups {
  const pathOf = (containerId: string) => `/${containerId}`;
  const processFolder = (cgroup: string) => path.join(root, 'pids', cgroup);
  const text = (controller: string, cgroup: string, file: string) =>
    readBounded(path.join(root, controller, cgroup, file), hostLimits.maxCounterBytes)?.trim();

  return {
    version: '1',
    pathOf,
    processFolder,
    delegate(containerId, rootUid) {
      for (const hierarchy of hierarchiesV1(root)) {
        const folder = path.join(hierarchy, pathOf(containerId));
        // The folder last: that it can be written in is what the sandbox waits for.
        for (const name of ['cgroup.procs', 'tasks']) fs.lchownSync(path.join(folder, name), rootUid, rootUid);
        fs.lchownSync(folder, rootUid, rootUid);
        // A sandboxd before this one may have closed it (close-cgroups.ts).
        fs.chmodSync(folder, 0o755);
      }
    },
    read(cgroup) {
      const file = (controller: string, name: string) => path.join(root, controller, cgroup, name);
      if (!fs.existsSync(path.join(root, 'memory', cgroup))) return null;
      return {
        memoryLimitBytes: readLimit(file('memory', 'memory.limit_in_bytes')),
        memoryBytes: readLimit(file('memory', 'memory.usage_in_bytes')),
        cpus: cpusOf(text('cpu', cgroup, 'cpu.cfs_quota_us'), text('cpu', cgroup, 'cpu.cfs_period_us')),
        pidsLimit: readLimit(file('pids', 'pids.max')),
        pids: readLimit(file('pids', 'pids.current')),
        frozen: (text('freezer', cgroup, 'freezer.state') ?? 'THAWED') !== 'THAWED',
        oomKills: readCounter(file('memory', 'memory.oom_control'), 'oom_kill'),
      };
    },
    freezerPathOf: procCgroup => parseCgroupPath(procCgroup, ['freezer']),
    thaw(cgroup) {
      try {
        fs.writeFileSync(path.join(root, 'freezer', cgroup, 'freezer.state'), 'THAWED');
      } catch {
        // Gone, or no freezer here: nothing to thaw.
      }
    },
    freeze: cgroup => fs.writeFileSync(path.join(root, 'freezer', cgroup, 'freezer.state'), 'FROZEN'),
    async reclaim(cgroup) {
      const usage = path.join(root, 'memory', cgroup, 'memory.usage_in_bytes');
      const before = readLimit(usage) ?? 0;
      await fs.promises.writeFile(path.join(root, 'memory', cgroup, 'memory.force_empty'), '0');
      return before - (readLimit(usage) ?? before);
    },
    endReclaim() {
      // Nothing was changed.
    },
    cpuMs(cgroup) {
      const nanoseconds = readLimit(path.join(root, 'cpuacct', cgroup, 'cpuacct.usage'));
      return nanoseconds === null ? null : nanoseconds / 1e6;
    },
  };
}
