import type { FenceAction } from '#domain/protocol/fence.ts';
import type { Limits } from '#domain/protocol/limits.ts';
import type { Census } from '../host/cgroup-census.ts';
import type { FenceCounters } from '../host/fence-counters.ts';
import type { VolumeUsage } from '../host/volume-usage.ts';
import { createFenceEdges } from './fence-edges.ts';
import { fenceLimits } from './fence-limits.ts';

/** All that was read of a sandbox in one look. */
export interface FenceReading {
  counters: FenceCounters;
  /** Null when its disk could not be asked. */
  volume: VolumeUsage | null;
  census: Census;
  /** Cgroups that are made in it, per second; 0 while they are as few as they may be. */
  cgroupsPerSecond: number;
}

/** Judges what is read of one sandbox, look by look. */
export interface WatchedSandbox {
  look(reading: FenceReading): void;
  /** Something was told of outside of a look: the engine's word of a process that the kernel ended, a held terminal. */
  told(fence: 'memory' | 'host-memory' | 'terminal', measured: number): void;
  /** When its memory limit last made the kernel end something, epoch milliseconds; null: never seen. */
  readonly oomAt: number | null;
}

export function createWatchedSandbox(options: {
  sandboxId: string;
  limits: Limits;
  tell: (action: FenceAction) => void;
  now?: () => number;
}): WatchedSandbox {
  const { limits, now = Date.now } = options;
  const edges = createFenceEdges(options);
  let before: FenceCounters | null = null;
  let window: { at: number; counters: FenceCounters } | null = null;
  let oomAt: number | null = null;
  const full = { disk: false, inodes: false };

  function oom(measured: number): void {
    oomAt = now();
    edges.look('memory', true, Math.min(measured, limits.memoryBytes), limits.memoryBytes);
  }

  function killedForOthers(measured: number): void {
    edges.look('host-memory', true, measured, limits.memoryBytes);
  }

  /** Held back for most of a while: one look says too little. */
  function lookAtCpu(counters: FenceCounters): void {
    window ??= { at: now(), counters };
    const ms = now() - window.at;
    if (ms < fenceLimits.cpuWindowMs) return;
    const periods = counters.periods - window.counters.periods;
    const held = counters.throttled - window.counters.throttled;
    const cpus = Math.round(((counters.cpuMs - window.counters.cpuMs) / ms) * 100) / 100;
    window = { at: now(), counters };
    // A period is 100 ms: in most of them it ran at all.
    const busy = periods * 100 > ms * fenceLimits.cpuThrottledShare;
    edges.look('cpu', busy && held > periods * fenceLimits.cpuThrottledShare, cpus, limits.cpus);
  }

  /** Stays full until there is room again, so that one file more or less is no news. */
  function lookAtDisk(fence: 'disk' | 'inodes', used: number, limit: number): void {
    full[fence] = used >= limit * (full[fence] ? fenceLimits.roomShare : fenceLimits.fullShare);
    edges.look(fence, full[fence], used, limit);
  }

  return {
    look({ counters, volume, census, cgroupsPerSecond }) {
      if (before && counters.ooms !== null && counters.ooms > (before.ooms ?? 0)) oom(counters.memoryBytes);
      if (before && counters.killsForOthers !== null && counters.killsForOthers > (before.killsForOthers ?? 0))
        killedForOthers(counters.memoryBytes);
      const refused = before !== null && counters.forksRefused > before.forksRefused;
      edges.look('pids', refused || counters.pids >= limits.pids, counters.pids, limits.pids);
      lookAtCpu(counters);
      before = counters;
      if (volume) {
        lookAtDisk('disk', volume.bytes, limits.diskBytes);
        lookAtDisk('inodes', volume.inodes, limits.inodes);
      }
      edges.look('cgroups', census.cgroups >= limits.cgroups, census.cgroups, limits.cgroups);
      edges.look('cgroup-depth', census.depth > limits.cgroupDepth, census.depth, limits.cgroupDepth);
      edges.look('cgroup-rate', cgroupsPerSecond > limits.cgroupsPerSecond, cgroupsPerSecond, limits.cgroupsPerSecond);
    },
    told(fence, measured) {
      if (fence === 'memory') oom(measured);
      else if (fence === 'host-memory') killedForOthers(measured);
      else edges.look('terminal', true, measured, limits.terminalBytesPerSecond);
    },
    get oomAt() {
      return oomAt;
    },
  };
}
