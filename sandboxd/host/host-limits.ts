/** Every bound on what is read of the kernel about sandboxes. */
export const hostLimits = {
  /** Cgroups walked for one sandbox before the whole process list is scanned instead: ten containers have about 30. */
  maxCgroups: 400,
  /** Depth of that walk: docker/<id>/<something of the learner's>. */
  maxCgroupDepth: 8,
  /** Processes reported of one sandbox; its pids limit counts threads too, so that real ones stay far below. */
  maxProcesses: 512,
  /**
   * Reading about one sandbox's processes: the longest piece at once; how many may follow each other, of an ordinary sandbox all,
   * and the rest after each further one; the share of the time it may take, and what of it without waiting.
   */
  work: { pieceMs: 1, inARow: 12, restMs: 4, share: 0.03, burstMs: 60 },
  /** Command lines of one sandbox read at once per look, and threads that it may hold up, of which there are four. */
  argvAtOnce: 1,
  argvStuck: 1,
  /** Bytes of one command line; a learner may make it megabytes long. */
  maxArgvBytes: 4_096,
  /** Arguments kept of one command line. */
  maxArgs: 64,
  /** Longest wait for one process's command line: the kernel waits for the process's own memory lock. */
  argvTimeoutMs: 250,
  /** Bytes of a stat, status or cgroup file; the kernel writes less, a nested cgroup path may be long. */
  maxProcFileBytes: 32 * 1024,
  /** A small file of the kernel's: a limit, a counter. */
  maxCounterBytes: 4_096,
} as const;
