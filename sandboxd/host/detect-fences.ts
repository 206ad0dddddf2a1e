import type { CgroupCensus } from './cgroup-census.ts';
import { createCgroupCensusV1 } from './cgroup-census-v1.ts';
import { createCgroupCensusV2 } from './cgroup-census-v2.ts';
import type { FenceCounterReader } from './fence-counters.ts';
import { createFenceCountersV1 } from './fence-counters-v1.ts';
import { createFenceCountersV2 } from './fence-counters-v2.ts';

/** What reads the fences of the version that this machine mounts. */
export function detectFences(version: '1' | '2'): { counters: FenceCounterReader; census: CgroupCensus } {
  return version === '2'
    ? { counters: createFenceCountersV2(), census: createCgroupCensusV2() }
    : { counters: createFenceCountersV1(), census: createCgroupCensusV1() };
}
