/** Every number of the scripted class. */
export const classLimits = {
  /** Learners who work at once. */
  learners: 4,
  /** Work before the first kill of a round, at most: any moment of what a learner does can be hit. */
  beforeKillMs: 6_000,
  /** A second kill comes within this, in this share of rounds: while the first is being mended. */
  secondKillMs: 4_000,
  secondKillShare: 0.3,
  /** Work goes on this long after the last kill. */
  afterKillMs: 2_000,
  /** A learner's pause between two deeds, at most; an account may answer and check sixty times a minute. */
  pauseMs: 700,
  /** A command in the terminal; a shell that died with its sandboxd never answers, and the learner opens another. */
  echoMs: 10_000,
  /** One deed: an answer or a refusal must have come, whatever died. */
  deedMs: 45_000,
  /** Marks looked for after a round, the latest: they are typed on one line. */
  marksRead: 40,
  /** Between two looks whether all is well: a terminal may be opened thirty times a minute. */
  lookEveryMs: 2_500,
  /** All must be well again this long after the last kill. */
  recoveredMs: 60_000,
} as const;
