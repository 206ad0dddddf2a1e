/** How long a learner's sandbox lives. */
export const sandboxLifetime = {
  /** A lab takes 20 to 60 minutes; two hours leave room for a break, and "extend" gives two more. */
  ttlMs: 2 * 60 * 60_000,
  /** Without a key or an open page: somebody went to lunch; longer only keeps the memory from others. */
  idleMs: 30 * 60_000,
} as const;
