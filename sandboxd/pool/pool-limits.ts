const MiB = 1024 * 1024;

/** Every number of the pool and of lifetimes. */
export const poolLimits = {
  /** Longest wait for a new sandbox's dockerd: 0.7 s when idle, tens of seconds when ten start at once on two cores. */
  startTimeoutMs: 25_000,
  /** Sandboxes started at once while nobody waits: learners at work should not notice. Two for an announced class. */
  quietStarts: 1,
  announcedStarts: 2,
  /** A claim whose sandbox is being started is held open this long: a cold start takes 0.8 s on a quiet machine. */
  holdClaimMs: 2_500,
  /** A place in the queue is given up when nobody has said for this long that its learner waits; the page says so every 15 s. */
  keepPlaceMs: 60_000,
  /** More than a machine could ever serve within the patience of people. */
  maxWaiting: 500,
  /** News of the queue are gathered for this long: thirty claims at once are one message, not thirty. */
  queueNewsMs: 100,
  /** Claims within this time say how many more will come. */
  demandWindowMs: 2 * 60_000,
  /** How long a start takes, before one was seen. */
  usualStartMs: 1_500,
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
  /** What another one takes as long as it idles. */
  idleMemory: 48 * MiB,
  /**
   * Share of memory planned per sandbox when the greatest number is not set: idle 40 MiB, in a lab 200 to 600, never all at
   * once. What is free at the moment decides about each start as well.
   */
  memoryPerSandbox: 384 * MiB,
  /** A removal takes a second, more on a busy machine. The memory of one that takes longer is not waited for. */
  removalMs: 5_000,
  /** How often leftovers are reaped, outdated sandboxes replaced and the pool filled, whatever was missed. */
  upkeepMs: 10_000,
  /** How often the processor time of a sandbox is looked at, to tell whether something in it works. */
  cpuSampleMs: 20_000,
  /** Share of one processor below which nothing works: an idle dockerd takes a tenth of this. */
  idleCpuShare: 0.01,
  /** The engine did not answer: time until it is asked again. */
  engineRetryMs: 500,
} as const;
