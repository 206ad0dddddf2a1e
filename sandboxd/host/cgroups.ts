import type { Limits } from '#domain/protocol/limits.ts';

/** Limits and counters of one cgroup, neutral to the version. null = no limit, or not there. */
export interface CgroupReading {
  memoryLimitBytes: number | null;
  memoryBytes: number | null;
  cpus: number | null;
  pidsLimit: number | null;
  pids: number | null;
  frozen: boolean;
  oomKills: number;
}

/** How many cgroups a sandbox may have below its own, and how deep. */
export type CgroupBounds = Pick<Limits, 'cgroups' | 'cgroupDepth'>;

/** Cgroups of sandboxes as the sandbox host sees them. One implementation per version: cgroups-v1.ts, cgroups-v2.ts. */
export interface Cgroups {
  version: '1' | '2';
  /** Path of a sandbox's own cgroup, as /proc/PID/cgroup has it: "/<id>". */
  pathOf(containerId: string): string;
  /** Folder in which a cgroup's process list and children lie. */
  processFolder(path: string): string;
  /**
   * Gives the sandbox's root its own cgroup to make children in and move processes about: the folder and its
   * process lists, never a file that holds a limit. Sets how many cgroups, how deep, may be made there where the kernel
   * has such limits (version 2). Idempotent; needed again after every start of the container. Throws when the cgroup is
   * not there.
   */
  delegate(containerId: string, rootUid: number, bounds: CgroupBounds): void;
  /** What the kernel enforces and counts there; null when there is no such cgroup. */
  read(path: string): CgroupReading | null;
  /** Cgroup of a process in the hierarchy that freezes, from its /proc/PID/cgroup; null when there is none. */
  freezerPathOf(procCgroup: string): string | null;
  /** Thaws one cgroup. Never throws. */
  thaw(path: string): void;
  /** Freezes one cgroup with all below it; what was frozen below stays so when it is thawed. Throws when it cannot. */
  freeze(path: string): void;
  /**
   * Takes back what memory the kernel can from a frozen cgroup: page cache, and the rest where the machine has swap.
   * Resolves with the bytes that came free.
   */
  reclaim(path: string): Promise<number>;
  /** Puts back what `reclaim` changed. Never throws. */
  endReclaim(path: string): void;
  /** Processor time that it used in all, milliseconds; null when it cannot be told. */
  cpuMs(path: string): number | null;
}
