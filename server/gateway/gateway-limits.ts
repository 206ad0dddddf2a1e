/** Every number of the WebSocket gateway, with the reason for its value. */
export const gatewayLimits = {
  /** The largest message a browser may send: a terminal input frame (64 KiB), with room for its header. */
  maxPayloadBytes: 68 * 1024,
  /** Sockets of one account: six terminals, the page and a class table, in several windows. */
  maxSocketsPerViewer: 48,
  /** Finds dead peers before a proxy's usual 60 s of silence. */
  pingMs: 25_000,
  /** Sockets whose session or membership ended are closed within this time. */
  recheckMs: 30_000,
  /** A listener that does not read: the connection is closed and resumes with the whole state. */
  maxBufferedBytes: 1024 * 1024,
  /** Changes of one learner within this time make one row: a verdict, an attempt and an activity come together. */
  gatherRowsMs: 100,
  /** How often a class table is sent whole: who left the class is gone from it by then. */
  wholeTableMs: 30_000,
} as const;
