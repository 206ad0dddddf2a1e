import { setTimeout as pause } from 'node:timers/promises';
import type { EngineClient } from '../engine/engine-client.ts';
import { jsonLines } from '../engine/json-lines.ts';
import type { EventJournal, JournalEntry } from './event-journal.ts';
import { createEventPace } from './event-pace.ts';
import { innerEventSchema } from './inner-schemas.ts';
import { journalLimits } from './journal-limits.ts';

/**
 * Follows the events of a sandbox's dockerd into its journal, over restarts of either side, until the signal ends it.
 * Events that happened while the connection was away are asked for by time.
 */
export async function followEvents(options: {
  docker: EngineClient;
  journal: EventJournal;
  /** Epoch milliseconds before which nothing can have happened: asked for while the journal is empty. */
  createdAt: number;
  signal: AbortSignal;
  /** Which socket the daemon listens on now; null when on none. */
  socketIdentity: () => string | null;
  onEvent: (entry: JournalEntry) => void;
  /** The daemon answers, or no longer does. */
  onConnection: (connected: boolean) => void;
}): Promise<void> {
  const { docker, journal, signal } = options;
  const pace = createEventPace({ held: journal.fellBehind });
  let wait: number = journalLimits.reconnectMinMs;
  while (!signal.aborted) {
    let letGo = () => {};
    try {
      const stream = await docker.stream(
        { path: `/events?since=${since(journal.lastNano() ?? options.createdAt * 1e6)}` },
        signal,
      );
      wait = journalLimits.reconnectMinMs;
      options.onConnection(true);
      letGo = whenSocketGoes(options.socketIdentity, () => stream.destroy());
      for await (const line of jsonLines(stream)) {
        const event = innerEventSchema.safeParse(line).data;
        const entry = event && journal.add(event);
        if (entry) options.onEvent(entry);
        await pace();
      }
    } catch {
      // Down, cut, or not vouched for: tried again until told to stop.
    }
    letGo();
    options.onConnection(false);
    await pause(wait, undefined, { signal }).catch(() => {});
    wait = Math.min(wait * 2, journalLimits.reconnectMaxMs);
  }
}

/**
 * A dockerd told to stop closes its socket, then waits five seconds for open requests such as ours: the learner's
 * `service docker stop` would take that long. So we leave when the socket goes.
 */
function whenSocketGoes(identity: () => string | null, leave: () => void): () => void {
  const first = identity();
  const timer = setInterval(() => {
    if (identity() !== first) leave();
  }, journalLimits.socketPollMs);
  return () => clearInterval(timer);
}

/** From the last event's moment on, that event included: the journal knows it by its identity. */
function since(nano: number): string {
  // A microsecond earlier: the number is a float and good to 200 ns only.
  const from = nano - 1_000;
  const seconds = Math.floor(from / 1e9);
  return `${seconds}.${String(Math.floor(from - seconds * 1e9)).padStart(9, '0')}`;
}
