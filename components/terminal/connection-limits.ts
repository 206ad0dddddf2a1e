/** Every number of the browser's side of a terminal, with the reason for its value. */
export const connectionLimits = {
  /** First wait before connecting again: a dropped Wi-Fi packet should hardly be noticed. */
  retryFirstMs: 200,
  /** Longest wait: a server that restarts is back within it. */
  retryLastMs: 5_000,
  /** While the browser says that it is offline: it tells when that is over, so this is only for one that forgets to. */
  retryOfflineMs: 15_000,
  /** Waits vary by this share, so that a class does not come back in the same millisecond. */
  retryJitter: 0.3,
  /** A connection that is not attached by then is given up. */
  connectMs: 10_000,
  /** Bytes that leave the socket not at all for this long: the network is gone, though nobody said so. */
  stalledMs: 5_000,
  /** What is typed or pasted while nothing can be sent. */
  queueBytes: 1024 * 1024,
  /** How often a full socket is looked at again. */
  pumpMs: 20,
  /** Rendered bytes that may stay unacknowledged when nothing more comes; must stay below `terminalLimits.resumeBelow`. */
  restUnacked: 4_096,
} as const;
