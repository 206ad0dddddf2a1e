/** Bounds on what authors may write in a check and on what a sentence shows. */
export const CHECK_LIMITS = {
  /** Names, references, executables: longer ones exist nowhere in Docker. */
  nameChars: 256,
  /** A text a file or an argument must contain. */
  textChars: 2_000,
  /** Longest path, as in FactNeeds. */
  pathChars: 512,
  /** Members of a list (states, arguments, labels, steps of a sequence). */
  listItems: 32,
  /** Learner text in a sentence: long enough for a command, short enough for one line. */
  quotedChars: 80,
  /** Objects named in one sentence before it says "and 4 more". */
  namedObjects: 3,
  /** A name within this edit distance of the wanted one is shown as a near miss. */
  nearMissDistance: 2,
  /** How far the kernel may round a memory limit: cgroup v1 keeps whole pages. */
  memoryRoundingBytes: 4_096,
  /** CPU quotas are kept in microseconds per period: this is half a percent of one CPU. */
  cpuTolerance: 0.005,
  /** Longest chain of parents followed; a sandbox has no deeper honest tree. */
  ancestors: 64,
} as const;
