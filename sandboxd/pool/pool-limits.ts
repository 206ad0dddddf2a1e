const MiB = 1024 * 1024;

/** Every number of the pool and of lifetimes. */
export const poolLimits = {
  /** Longest wait for a new sandbox's dockerd: 0.7 s when idle, tens of seconds when ten start at once on two cores. */
  startTimeoutMs: 25_000,
  /** Claims that start a sandbox at once; a class that arrives together queues, and each start stays quick. */
  startsAtOnce: 4,
  /** A claim's replacement begins this much later: its start takes a core for a second, in which the learner's page loads. */
  refillAfterMs: 2_000,
  /** Pause between looks whether it answers. */
  startPollMs: 20,
  /** Tries to delegate cgroups: they appear a moment before or after the engine says "started". */
  delegateTries: 50,
  /** Pause after a start that failed, before the pool tries again by itself. */
  failurePauseMs: 10_000,
  /** How often lifetimes are looked at: a learner sees the end within this of the announced time. */
  sweepMs: 1_000,
  /** How long the record of an ended sandbox is kept, so that its learner can be told why it ended. */
  keepEndedMs: 60 * 60_000,
  /** Activity is written to disk at most this often; a restart loses no more of it. */
  saveActivityMs: 10_000,
  /** Memory that must be free for another sandbox: what one takes while a learner does a lab. */
  freeMemoryForOne: 512 * MiB,
  /** Share of memory planned per sandbox when the greatest number is not set: idle 40 MiB, in a lab 200 to 600. */
  memoryPerSandbox: 700 * MiB,
  /** How often leftovers are reaped, outdated sandboxes replaced and the pool filled, whatever was missed. */
  upkeepMs: 10_000,
  /** The engine did not answer: time until it is asked again. */
  engineRetryMs: 500,
} as const;
