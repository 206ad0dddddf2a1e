import { hostLimits } from '../host/host-limits.ts';
import { readBounded } from '../host/read-bounded.ts';
import { poolLimits } from './pool-limits.ts';

/** Memory of the sandbox host: what the machine has free, or what its own limit leaves, whichever is less. */
export interface HostMemory {
  totalBytes: number;
  freeBytes: number;
}

/** Reads it; page cache counts as free, since the kernel gives it back. */
export function readHostMemory(cgroupRoot = '/sys/fs/cgroup'): HostMemory {
  const read = (path: string) => readBounded(path, hostLimits.maxProcFileBytes) ?? '';
  const machine = parseMeminfo(read('/proc/meminfo'));
  const limit = Number(read(`${cgroupRoot}/memory/memory.limit_in_bytes`) || read(`${cgroupRoot}/memory.max`));
  const usage = Number(read(`${cgroupRoot}/memory/memory.usage_in_bytes`) || read(`${cgroupRoot}/memory.current`));
  const stat = read(`${cgroupRoot}/memory/memory.stat`) || read(`${cgroupRoot}/memory.stat`);
  const cache = Number(/^(?:total_)?inactive_file (\d+)/m.exec(stat)?.[1] ?? 0);
  if (!(limit > 0) || limit >= machine.totalBytes) return machine;
  return { totalBytes: limit, freeBytes: Math.max(0, Math.min(machine.freeBytes, limit - usage + cache)) };
}

/** The two lines of /proc/meminfo that count. */
export function parseMeminfo(text: string): HostMemory {
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
  return { totalBytes: kilobytes('MemTotal') * 1024, freeBytes: kilobytes('MemAvailable') * 1024 };
}

/** Greatest number of sandboxes for a machine of this size: at least two, so that small machines work at all. */
export function maxSandboxesFor(totalBytes: number): number {
  return Math.max(2, Math.floor(totalBytes / poolLimits.memoryPerSandbox));
}

/** Places for more sandboxes, and what is short when there is none. */
export interface Room {
  places: number;
  shortOf: 'full' | 'memory';
  /** How many idle sandboxes would have to go before one more may start: by number, and by what they take of memory. */
  missing: { byNumber: number; byMemory: number };
}

/** How many more may be started: by number, and by the memory that is free now. */
export function roomFor(now: { living: number; maxSandboxes: number; freeBytes: number }): Room {
  const byNumber = Math.max(0, now.maxSandboxes - now.living);
  const byMemory =
    now.freeBytes < poolLimits.freeMemoryForOne
      ? 0
      : 1 + Math.floor((now.freeBytes - poolLimits.freeMemoryForOne) / poolLimits.idleMemory);
  return {
    places: Math.min(byNumber, byMemory),
    shortOf: byMemory < byNumber ? 'memory' : 'full',
    missing: {
      byNumber: Math.max(0, 1 + now.living - now.maxSandboxes),
      byMemory: Math.max(0, Math.ceil((poolLimits.freeMemoryForOne - now.freeBytes) / poolLimits.idleMemory)),
    },
  };
}
