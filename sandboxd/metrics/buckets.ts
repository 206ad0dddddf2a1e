/** Upper bounds of histogram buckets, in seconds. */
export const buckets = {
  /** What should take milliseconds: a warm hand-over, facts, an RPC. */
  quick: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10],
  /** The start of a sandbox: about 0.7 s on a quiet machine, up to a minute on a busy one. */
  start: [0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 60],
  /** Waiting for one's turn: from none at all to a quarter of an hour. */
  wait: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900],
};
