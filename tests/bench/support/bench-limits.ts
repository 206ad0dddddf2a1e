/** Every number of the benchmarks, with the reason for its value. */
export const benchLimits = {
  /** Longest wait for one thing; a busy machine takes its time, and a hang must not last the night. */
  patienceMs: 60_000,
  /** Pause between keys: longer than a flush of gathered output (4 ms), so that each key is alone, as when a person types. */
  betweenKeysMs: 6,
  /** Keys per contender and turn: contenders take turns, so that what the machine does otherwise meets all of them. */
  keysPerTurn: 50,
  /** Bulk output per turn, decimal megabytes: long enough for the rate to settle. */
  bulkMegabytes: 32,
  /** Flood before Ctrl-C is pressed: buffers everywhere are full by then. */
  floodMs: 400,
  /** Milliseconds that drawing a megabyte takes: xterm.js draws about 20 MB/s. */
  drawMsPerMegabyte: 50,
  /** Rest after a sandbox or terminal began, before memory is read: first-time work is over. */
  restMs: 3_000,
  /** Sandboxes that are weighed at once, and terminals opened in each (a sandbox may have six; one is there). */
  weighedSandboxes: 4,
  terminalsEach: 5,
  /** From one command of a learner to the next, with keys or without: more looks a second than allowed would be put off. */
  betweenCommandsMs: 900,
  /** Seconds that one attack lasts, and of the quiet before each; p95 needs some twenty checks and a thousand keys of each. */
  attackSeconds: 42,
  quietSeconds: 12,
  /** An attack is under way this long after it was started; only then is anything counted. */
  attackLeadMs: 2_500,
  /** …and its end may take this much longer than it was told to last: a thousand processes have to notice. */
  attackGraceMs: 45_000,
  /** Keys of the neighbour before it looks whether the next command is due. */
  keysAtOnce: 10,
  /** Pause before each: thirty a second, twice as many as anybody types; a stream would keep processors and caches warm. */
  learnerKeysMs: 30,
  /** A class, and the time within which it arrives. */
  classSize: 30,
  classArrivesMs: 10_000,
  /** Sizes at which growth is looked at. */
  classSizes: [1, 5, 10, 20, 30],
  /** Longest wait of a learner for a sandbox: a queue is honest, but nobody stays longer. */
  classPatienceMs: 120_000,
  /** Keys of the one who works meanwhile, between two looks whether to stop; and the pause between two questions. */
  probeKeys: 10,
  probePauseMs: 40,
  /** Quiet beside which the platform's latency is held. */
  probeQuietMs: 8_000,
  /** Sandboxes that are removed one by one, to time each; the rest goes at once. */
  removedOneByOne: 10,
  /** Least output of a terminal flood that counts as one, decimal megabytes. */
  floodMegabytes: 5,
} as const;
