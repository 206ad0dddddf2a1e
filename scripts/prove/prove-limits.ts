/** Every number of proving labs. */
export const proveLimits = {
  /** A solved task must turn green within this of the prompt's return: what a learner would call "at once". */
  passWithinMs: 5_000,
  /** Pause between looks while waiting for a task to pass. */
  lookEveryMs: 100,
  /** A wrong way must be refused within this; services that restart meanwhile answer again by then. */
  refuseWithinMs: 10_000,
  /** The refusal must still stand after this: what is only on its way to green would turn meanwhile. */
  refusalStandsMs: 900,
  /** Longest wait for the prompt after a line was typed. */
  promptMs: 40_000,
  /** The prompt is back when nothing has followed it for this long. */
  quietMs: 60,
  /** A fresh sandbox host hands out its first sandbox within this, on a machine that has other things to do too. */
  hostReadyMs: 180_000,
  /** Lifetime of a proof's sandbox, should the prover die. */
  sandboxTtlMs: 10 * 60_000,
  /** A busy machine may have no room for a moment: tries of a claim, and the pause between them. */
  claimTries: 60,
  claimPauseMs: 500,
  /** Sandboxes at once. Two processors are what CI has. */
  parallel: 2,
} as const;
