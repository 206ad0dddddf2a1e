import fs from 'node:fs';
import path from 'node:path';
import { readCounter, readCounters, readLimit } from './cgroup-numbers.ts';
import type { FenceCounterReader } from './fence-counters.ts';

/** Of the version with one hierarchy. */
export function createFenceCountersV2(root = '/sys/fs/cgroup'): FenceCounterReader {
  return {
    read(cgroup) {
      const file = (name: string) => path.join(root, cgroup, name);
      const pids = readLimit(file('pids.current'));
      if (pids === null) return null;
      const cpu = readCounters(file('cpu.stat'));
      // "local": without what limits of the learner's own containers did. Kernels before 6.11 have no such file for
      // pids, and count at the process that forks.
      const forks = fs.existsSync(file('pids.events.local')) ? 'pids.events.local' : 'pids.events';
      // Not "local": whoever in it was ended, and whichever limit in it was reached.
      const memory = readCounters(file('memory.events'));
      return {
        killsForOthers: (memory.get('oom_kill') ?? 0) - (memory.get('oom') ?? 0),
        ooms: readCounter(file('memory.events.local'), 'oom'),
        memoryBytes: readLimit(file('memory.peak')) ?? readLimit(file('memory.current')) ?? 0,
        pids,
        forksRefused: readCounter(file(forks), 'max'),
        periods: cpu.get('nr_periods') ?? 0,
        throttled: cpu.get('nr_throttled') ?? 0,
        cpuMs: (cpu.get('usage_usec') ?? 0) / 1e3,
      };
    },
    readCpu(cgroup) {
      const stat = readCounters(path.join(root, cgroup, 'cpu.stat'));
      const used = stat.get('usage_usec');
      return used === undefined ? null : { cpuMs: used / 1e3, periods: stat.get('nr_periods') ?? 0 };
    },
    // The mark of version 2 can only be reset for the file that was written to.
    forgetPeak() {},
  };
}
