import type { FenceName } from '#domain/protocol/fence-name.ts';

/** Every number of the watch over fences, with the reason for its value. */
export const fenceLimits = {
  /** How often each sandbox is looked at: a learner reads why his command failed while he still looks at it. */
  sweepMs: 1_000,
  /** A fence that has not acted for this long has let go: acting again is news. */
  calmMs: 10_000,
  /** A disk with less than this share free refuses what an ordinary command writes. */
  fullShare: 0.98,
  /** …and is not full any more below this. */
  roomShare: 0.9,
  /** Time over which being held back on the processor counts: a build is, for seconds, and nobody minds. */
  cpuWindowMs: 15_000,
  /** Share of the scheduler's periods in that time in which the sandbox was held back. */
  cpuThrottledShare: 0.8,
  /** How often the processors are looked at: until a hog stands behind, keys of the others wait for it. */
  cpuSweepMs: 250,
  /** A sandbox that uses this share of its processors… */
  busyShare: 0.4,
  /** …in so many looks in a row stands behind the others for them. It costs nothing while nobody else wants to run. */
  busyLooks: 2,
  /** It comes back below this share… */
  quietShare: 0.2,
  /** …if something of it runs in less than this share of the scheduler's periods: else it is not quiet but starved… */
  busyPeriods: 0.8,
  /** …in so many looks in a row. */
  quietLooks: 20,
  /** The kernel ended something because of this sandbox only if its memory had come this close to its limit. */
  oomShare: 0.95,
  /** Such an end of a process explains the end of the whole sandbox for this long. */
  oomExplainsMs: 10_000,
  /** Longest removal of surplus cgroups (version 1) in one go. */
  pruneMs: 20_000,
  /**
   * How often the machine's cgroups are counted (version 1): one makes some four in a millisecond, each takes some 25 KB of the
   * kernel's memory that no limit holds, and making or removing one locks out whoever else starts a process.
   */
  alarmMs: 100,
  /** So many new ones are a reason to look at each sandbox: half of what one may have; a container makes one. */
  alarmCgroups: 200,
  /** Where there were too many, no more can be made for this long. */
  closedMs: 5_000,
  /** The machine has so many times the allowed number more since then: somebody makes them all the same, and is ended. */
  endGrownTimes: 10,
  /** Who makes them without end is looked for so many times, so far apart. */
  changeLooks: 5,
  changeLookMs: 30,
  /** It is whose folders changed in so many of them: its processor limit may hold it back for one. Three loops of `docker run --rm` change at two or three. */
  changesOfMaker: 4,
  /** A sandbox that has too many cgroups for this long although they are taken away keeps processes in them. */
  endAfterMs: 10_000,
} as const;

/** After a fence was told, it is not told again for this long: milliseconds. */
export const quietMs: Record<FenceName, number> = {
  memory: 20_000,
  'host-memory': 20_000,
  pids: 60_000,
  disk: 60_000,
  inodes: 60_000,
  cgroups: 60_000,
  'cgroup-depth': 60_000,
  'cgroup-rate': 60_000,
  // These two slow down and refuse nothing: worth knowing once.
  cpu: 15 * 60_000,
  terminal: 15 * 60_000,
};
