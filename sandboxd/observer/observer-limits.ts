/** Every bound on what is taken from a sandbox: all of it may be the learner's. */
export const observerLimits = {
  /** One exchange with a sandbox's Docker API; a healthy one answers in a few milliseconds, a starved one in hundreds. */
  innerTimeoutMs: 2_000,
  /** `_ping`: longer than that counts as silent. */
  pingTimeoutMs: 1_000,
  /** A list from a sandbox's Docker API: 300 containers are 400 KB. */
  maxListBytes: 2 * 1024 * 1024,
  /** One inspect: a learner's environment and labels are most of it. */
  maxInspectBytes: 256 * 1024,
  /** Containers inspected per look, newest first. */
  maxContainers: 64,
  /** Inspects under way at once per sandbox. */
  inspectConcurrency: 8,
  /** Images reported per look, newest first. */
  maxImages: 128,
  /** Bytes of a file's content in a fact. */
  maxFileBytes: 64 * 1024,
  /** Components of a path. */
  maxPathDepth: 32,
  /** Characters kept of one text (name, label, environment variable). */
  maxText: 1_024,
  /** Entries kept of a list or map of the learner's. */
  maxEntries: 64,
  /** The whole look, whatever happens. */
  factsTimeoutMs: 6_000,
} as const;
