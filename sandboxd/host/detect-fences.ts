import type { CgroupCensus } from './cgroup-census.ts';
import { createCgroupCensusV1 } from './cgroup-census-v1.ts';
import { createCgroupCensusV2 } from './cgroup-census-v2.ts';
import { type CpuPriority, createCpuPriority } from './cpu-priority.ts';
import type { FenceCounterReader } from './fence-counters.ts';
import { createFenceCountersV1 } from './fence-counters-v1.ts';
import { createFenceCountersV2 } from './fence-counters-v2.ts';

/** What reads the fences of the version that this machine mounts. */
export function detectFences(version: '1' | '2'): {
  counters: FenceCounterReader;
  census: CgroupCensus;
  priority: CpuPriority;
} {
  const priority = createCpuPriority(version);
  return version === '2'
    ? { counters: createFenceCountersV2(), census: createCgroupCensusV2(), priority }
    : { counters: createFenceCountersV1(), census: createCgroupCensusV1(), priority };
}
