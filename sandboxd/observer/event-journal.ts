import type { EventFact } from '#domain/facts/facts.ts';
import type { InnerEvent } from './inner-schemas.ts';
import { journalLimits } from './journal-limits.ts';

/** An event with the daemon's own time, by which repeats are told. */
export interface JournalEntry extends EventFact {
  /** Nanoseconds since 1970 as the daemon wrote them (a float: good to about 200 ns). */
  nano: number;
}

/** The last events of one sandbox, numbered for good. */
export interface EventJournal {
  /** Adds an event; null when it was there already (a daemon tells the last ones again when asked with `since`). */
  add(event: InnerEvent): JournalEntry | null;
  seq(): number;
  /** Events come faster than they are taken in: the daemon drops some of those that follow. */
  fellBehind(): void;
  /** Events after a position, oldest first; `gap` says when some of them are no longer kept. */
  after(seq: number): { events: EventFact[]; gap: string | null };
  /** The daemon's time of the last event, for `since`; null when there was none. */
  lastNano(): number | null;
  entries(): readonly JournalEntry[];
}

export function createEventJournal(known: readonly JournalEntry[] = []): EventJournal {
  let entries = known.slice(-journalLimits.maxEvents);
  let last = entries.at(-1)?.seq ?? 0;
  /** The last event after which some may be missing. */
  let behindAt: number | null = null;
  /** Identities of the events at and shortly before the last moment: only those can be told again. */
  const seen = new Set(entries.slice(-512).map(identityOf));

  return {
    add(event) {
      const entry = entryOf(event, last + 1);
      const identity = identityOf(entry);
      if (seen.has(identity)) return null;
      if (seen.size >= 1024) for (const old of [...seen].slice(0, 512)) seen.delete(old);
      seen.add(identity);
      last = entry.seq;
      entries.push(entry);
      if (entries.length > journalLimits.maxEvents * 1.25) entries = entries.slice(-journalLimits.maxEvents);
      return entry;
    },
    seq: () => last,
    fellBehind() {
      behindAt = last;
    },
    after(seq) {
      const later = entries.filter(entry => entry.seq > seq);
      const events = later.slice(-journalLimits.maxPerAnswer).map(({ nano: _, ...event }) => event);
      const missing = last - Math.max(seq, 0) - events.length;
      if (missing > 0 && seq < last) return { events, gap: `${missing} older events are no longer kept` };
      return { events, gap: behindAt !== null && behindAt >= seq ? 'events came too fast: some may be missing' : null };
    },
    lastNano: () => entries.at(-1)?.nano ?? null,
    entries: () => entries,
  };
}

function entryOf(event: InnerEvent, seq: number): JournalEntry {
  const cut = (text: string) => text.slice(0, journalLimits.maxAttributeText);
  const attributes = Object.entries(event.Actor.Attributes ?? {}).slice(0, journalLimits.maxAttributes);
  return {
    seq,
    at: Math.floor(event.timeNano / 1e6),
    type: cut(event.Type),
    action: cut(event.Action),
    actor: cut(event.Actor.ID),
    attributes: Object.fromEntries(attributes.map(([key, value]) => [cut(key), cut(value)])),
    nano: event.timeNano,
  };
}

function identityOf(entry: JournalEntry): string {
  return `${entry.nano} ${entry.type} ${entry.action} ${entry.actor}`;
}
