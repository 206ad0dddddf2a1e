import fs from 'node:fs';
import path from 'node:path';
import { readCounter, readCounters, readLimit } from './cgroup-numbers.ts';
import type { FenceCounterReader } from './fence-counters.ts';

/** Of the version with one hierarchy per controller. */
export function createFenceCountersV1(root = '/sys/fs/cgroup'): FenceCounterReader {
  return {
    read(cgroup) {
      const file = (controller: string, name: string) => path.join(root, controller, cgroup, name);
      const pids = readLimit(file('pids', 'pids.current'));
      if (pids === null) return null;
      const cpu = readCounters(file('cpu', 'cpu.stat'));
      return {
        // memory.oom_control counts kills among the cgroup's own processes, whoever's limit it was: of no use.
        ooms: null,
        killsForOthers: null,
        memoryBytes: readLimit(file('memory', 'memory.max_usage_in_bytes')) ?? 0,
        pids,
        forksRefused: readCounter(file('pids', 'pids.events'), 'max'),
        periods: cpu.get('nr_periods') ?? 0,
        throttled: cpu.get('nr_throttled') ?? 0,
        cpuMs: (readLimit(file('cpuacct', 'cpuacct.usage')) ?? 0) / 1e6,
      };
    },
    readCpu(cgroup) {
      const nanoseconds = readLimit(path.join(root, 'cpuacct', cgroup, 'cpuacct.usage'));
      if (nanoseconds === null) return null;
      const stat = readCounters(path.join(root, 'cpu', cgroup, 'cpu.stat'));
      return { cpuMs: nanoseconds / 1e6, periods: stat.get('nr_periods') ?? 0 };
    },
    forgetPeak(cgroup) {
      try {
        fs.writeFileSync(path.join(root, 'memory', cgroup, 'memory.max_usage_in_bytes'), '0');
      } catch {
        // Gone: nothing to forget.
      }
    },
  };
}
