/** What the kernel counts at a sandbox's own cgroup, neutral to the version. null: this kernel does not say. */
export interface FenceCounters {
  /** Times that its own memory limit made the kernel end a process; null where only the engine hears of it (version 1). */
  ooms: number | null;
  /**
   * Grows when the kernel ended a process in it though no limit in it was reached: the machine had no memory left; null where
   * only the engine hears of it.
   */
  killsForOthers: number | null;
  /** Greatest memory use since `forgetPeak`, or the use now where the kernel keeps no such mark. */
  memoryBytes: number;
  pids: number;
  /** Times that a fork of a process in its own cgroup was refused. */
  forksRefused: number;
  /** The scheduler's periods in which it ran, and those in which it was held back. */
  periods: number;
  throttled: number;
  /** Processor time used, milliseconds. */
  cpuMs: number;
}

/** What a sandbox used of the processors so far. */
export type CpuUse = Pick<FenceCounters, 'cpuMs' | 'periods'>;

/** Reads them; one implementation per version: fence-counters-v1.ts, -v2.ts. */
export interface FenceCounterReader {
  /** Null when there is no such cgroup. */
  read(cgroup: string): FenceCounters | null;
  /** The processors alone: cheap enough for several looks a second. Null when there is no such cgroup. */
  readCpu(cgroup: string): CpuUse | null;
  /** Lets the mark of the greatest memory use begin anew, where there is one. Never throws. */
  forgetPeak(cgroup: string): void;
}
