import { type CgroupBirths, createCgroupBirths } from './cgroup-births.ts';
import type { CgroupCensus } from './cgroup-census.ts';
import { createCgroupCensusV1 } from './cgroup-census-v1.ts';
import { createCgroupCensusV2 } from './cgroup-census-v2.ts';
import { hierarchiesV1 } from './cgroup-hierarchies.ts';
import { type CpuPriority, createCpuPriority } from './cpu-priority.ts';
import type { FenceCounterReader } from './fence-counters.ts';
import { createFenceCountersV1 } from './fence-counters-v1.ts';
import { createFenceCountersV2 } from './fence-counters-v2.ts';

/** What reads the fences of the version that this machine mounts. */
export function detectFences(version: '1' | '2'): {
  counters: FenceCounterReader;
  census: CgroupCensus;
  births: CgroupBirths;
  hierarchies: readonly string[];
  priority: CpuPriority;
} {
  const root = '/sys/fs/cgroup';
  const hierarchies = version === '2' ? [root] : hierarchiesV1(root);
  const common = { births: createCgroupBirths(hierarchies), hierarchies, priority: createCpuPriority(version) };
  return version === '2'
    ? { counters: createFenceCountersV2(), census: createCgroupCensusV2(), ...common }
    : { counters: createFenceCountersV1(), census: createCgroupCensusV1(), ...common };
}
