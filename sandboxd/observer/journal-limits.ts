/** Every number of the event journal and of change notices. */
export const journalLimits = {
  /** Events kept per sandbox: a lab makes a few dozen, a loop of `docker run` ten a second. */
  maxEvents: 2_000,
  /** Events taken in at once, then a second, and how many a pause makes room for: a busy lab stays far below. */
  eventBurst: 500,
  eventsPerSecond: 200,
  eventLot: 10,
  /** Events in one answer. */
  maxPerAnswer: 1_000,
  /** Attributes kept per event, and characters of each. */
  maxAttributes: 24,
  maxAttributeText: 256,
  /** First pause before a daemon that went away is connected to again; doubles up to the next value. */
  reconnectMinMs: 50,
  reconnectMaxMs: 500,
  /** How often it is looked whether the daemon still listens: what its stop is delayed by at most. */
  socketPollMs: 150,
  /** Notices within this time become one: `docker run` alone makes five events. */
  coalesceMs: 20,
  /** How often processes are compared while somebody asked for it. */
  processPollMs: 200,
  /** How often services, memory and kills are looked at in any case. */
  sweepMs: 1_000,
} as const;
