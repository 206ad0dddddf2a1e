/** Every number of the web preview, with the reason for its value. */
export const previewLimits = {
  /** From the click in the app to the preview's first page: two redirects. */
  ticketMs: 30_000,
  /** Tickets not used yet; the oldest go first. */
  maxTickets: 1_000,
  /** A preview's cookie: a working day. It ends earlier with the sandbox, the session or the right to look. */
  cookieMs: 12 * 60 * 60_000,
  /** How long a session, and its right to look, is believed without asking the database again. */
  believeMs: 5_000,
  /** Believed answers kept; each is a few bytes. */
  maxBelieved: 5_000,
  /** What stays open (WebSockets, event streams) is asked for its right again this often; as with the app's own sockets. */
  recheckMs: 30_000,
  /** Requests under way into one sandbox: six per origin and browser, some origins, some people looking on. */
  requestsPerSandbox: 64,
  /** Requests and WebSockets under way in all. */
  requestsInAll: 1_024,
  /** WebSockets open into one sandbox. */
  socketsPerSandbox: 32,
  /** No byte either way for this long; longer than the usual heartbeat of event streams and WebSockets. */
  idleMs: 10 * 60_000,
  /** Longest wait for the head of an answer: somebody may debug the program that gives it. */
  answerMs: 2 * 60_000,
  /**
   * A port is published, and its link shown, before the program behind it listens: a page opened that early is asked for
   * again this long, this often. Most servers listen within a second; on a busy machine it takes some.
   */
  startingMs: 5_000,
  startingPauseMs: 150,
  /** Largest head of a sandbox's answer. */
  maxHeadBytes: 32 * 1024,
  /** Kept-alive connections into one port, and how long: spares a connection per picture of a page. */
  idleConnections: 4,
  idleConnectionMs: 4_000,
  /** Longest address a preview is opened at. */
  maxPathChars: 2_000,
} as const;
