import fs from 'node:fs';
import path from 'node:path';
import { cpusOf, readCounter, readLimit } from './cgroup-numbers.ts';
import type { Cgroups } from './cgroups.ts';
import { hostLimits } from './host-limits.ts';
import { parseCgroupPath } from './proc-texts.ts';
import { readBounded } from './read-bounded.ts';

/** The version with one hierarchy. `root` is where it is mounted. */
export function createCgroupsV2(root = '/sys/fs/cgroup'): Cgroups {
  const pathOf = (containerId: string) => `/${containerId}`;
  const processFolder = (cgroup: string) => path.join(root, cgroup);

  return {
    version: '2',
    pathOf,
    processFolder,
    delegate(containerId, rootUid, { cgroups, cgroupDepth }) {
      const folder = processFolder(pathOf(containerId));
      fs.writeFileSync(path.join(folder, 'cgroup.max.descendants'), String(cgroups));
      fs.writeFileSync(path.join(folder, 'cgroup.max.depth'), String(cgroupDepth));
      for (const name of ['cgroup.subtree_control', 'cgroup.procs', 'cgroup.threads', ''])
        fs.lchownSync(path.join(folder, name), rootUid, rootUid);
      // A sandboxd before this one may have closed it (close-cgroups.ts).
      fs.chmodSync(folder, 0o755);
    },
    read(cgroup) {
      const folder = processFolder(cgroup);
      if (!fs.existsSync(folder)) return null;
      const [quota, period] = (readBounded(path.join(folder, 'cpu.max'), hostLimits.maxCounterBytes) ?? '').split(' ');
      return {
        memoryLimitBytes: readLimit(path.join(folder, 'memory.max')),
        memoryBytes: readLimit(path.join(folder, 'memory.current')),
        cpus: cpusOf(quota, period),
        pidsLimit: readLimit(path.join(folder, 'pids.max')),
        pids: readLimit(path.join(folder, 'pids.current')),
        frozen: readCounter(path.join(folder, 'cgroup.events'), 'frozen') === 1,
        oomKills: readCounter(path.join(folder, 'memory.events'), 'oom_kill'),
      };
    },
    freezerPathOf: procCgroup => parseCgroupPath(procCgroup, ['']),
    thaw(cgroup) {
      try {
        fs.writeFileSync(path.join(processFolder(cgroup), 'cgroup.freeze'), '0');
      } catch {
        // Gone, or never frozen: nothing to thaw.
      }
    },
    freeze: cgroup => fs.writeFileSync(path.join(processFolder(cgroup), 'cgroup.freeze'), '1'),
    async reclaim(cgroup) {
      const file = (name: string) => path.join(processFolder(cgroup), name);
      const before = readLimit(file('memory.current')) ?? 0;
      // A running sandbox must not swap (its neighbours' disk pays for it); one that sleeps may, where there is swap. At once:
      // a write under way when it wakes would come after the one that takes this back.
      allowSwap(file('memory.swap.max'), 'max');
      // EAGAIN: it gave what it could, which was less than asked for.
      await fs.promises.writeFile(file('memory.reclaim'), String(before)).catch(error => {
        if (error.code !== 'EAGAIN') throw error;
      });
      return before - (readLimit(file('memory.current')) ?? before);
    },
    endReclaim(cgroup) {
      allowSwap(path.join(processFolder(cgroup), 'memory.swap.max'), '0');
    },
    cpuMs(cgroup) {
      const stat = path.join(processFolder(cgroup), 'cpu.stat');
      return fs.existsSync(stat) ? readCounter(stat, 'usage_usec') / 1e3 : null;
    },
  };
}

function allowSwap(file: string, bytes: 'max' | '0'): void {
  try {
    fs.writeFileSync(file, bytes);
  } catch {
    // Gone, or a kernel that does not account swap.
  }
}
