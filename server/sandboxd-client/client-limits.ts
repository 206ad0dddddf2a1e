/** Every number of the web side of the sandboxd protocol. */
export const clientLimits = {
  /** Longest wait for an answer: a cold claim waits for a sandbox to start, which takes a few seconds on a busy machine. */
  callTimeoutMs: 30_000,
  /** Longest wait for a tunnel: sandboxd dials for at most 5 s, and may have to wake the sandbox first. */
  tunnelTimeoutMs: 15_000,
  /** Largest answer read: facts are bounded by sandboxd well below this. */
  maxAnswerBytes: 16 * 1024 * 1024,
  /** Idle connections kept: a few parallel looks at sandboxes. */
  maxSockets: 32,
  /** First pause before /watch is opened again; doubles up to the next value. */
  reconnectMinMs: 100,
  /** Longest pause between attempts: a restarted sandbox host is noticed within this. */
  reconnectMaxMs: 2_000,
  /** /watch is silent for at most this long (sandboxd pings every 5 s); longer means that it is gone. */
  watchSilenceMs: 15_000,
  /** Largest /watch message: `hello` with every sandbox. */
  maxWatchMessageBytes: 4 * 1024 * 1024,
  /** Longest wait for sandboxd's numbers: a scraper waits ten seconds for all of it. */
  metricsTimeoutMs: 3_000,
  /** Its numbers are some 40 kB. */
  maxMetricsBytes: 1024 * 1024,
} as const;
