/** Every number of an attempt's life, with the reason for its value. */
export const attemptLimits = {
  /** Wrong tries after which the author's explanation is shown anyway: a learner is never stuck on a question. */
  triesBeforeWhy: 3,
  /** Facts kept with one verdict, as JSON: ten containers with their processes are about 20 KB. */
  storedFactsBytes: 64 * 1024,
  /** A changed notice waits this long for the ones that come with it: `docker run` makes five events within 20 ms. */
  debounceMs: 25,
  /** Looks that may follow each other at once: a busy minute of a learner; then one per `lookRefillMs`. */
  lookBurst: 40,
  /** A loop that starts and removes a container all day costs two looks a second. */
  lookRefillMs: 500,
  /** A look at so many events and processes counts as two: a thousand take this process some ten milliseconds, each time. */
  factsPerLook: 250,
  /** A published port shows up on the page this long after its container; the look at tasks goes first. */
  portsDebounceMs: 150,
  /** Looks at ports in a row, then one per `portsRefillMs`: a link may be a moment late. */
  portsBurst: 10,
  portsRefillMs: 2_000,
  /** A net for what no event announced; only while somebody watches. */
  sweepMs: 2_000,
  /** The same where a check reads files: nothing announces a written file, and two seconds feel long. */
  fileSweepMs: 1_000,
  /** Process changes are asked for in slices of this length, renewed by the sweep at half of it. */
  watchProcessesMs: 60_000,
  /** Who waits for a sandbox with an open page is said to do so this often; sandboxd forgives three missed ones. */
  keepPlaceMs: 15_000,
  /** A page that was closed gives up its place after this long: a reload or a lost network does not. */
  leaveQueueAfterMs: 30_000,
  /** A page that is opened is told of fences that acted this lately: later it explains nothing on the screen. */
  fenceNewsMs: 10 * 60_000,
  /** A page that comes into sight is told to sandboxd at most this often. */
  blinkMs: 1_000,
  /** An open page counts as activity this often. */
  touchMs: 60_000,
  /** An attempt that nobody watches leaves memory after this long; everything is in the database. */
  forgetAfterMs: 10 * 60_000,
} as const;
