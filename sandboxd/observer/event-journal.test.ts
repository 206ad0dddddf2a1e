import { describe, expect, it } from 'vitest';
import { createEventJournal } from './event-journal.ts';
import type { InnerEvent } from './inner-schemas.ts';
import { journalLimits } from './journal-limits.ts';

const start = 1_795_331_404_389_000_000;
const event = (n: number, over: Partial<InnerEvent> = {}): InnerEvent => ({
  Type: 'container',
  Action: 'start',
  Actor: { ID: `c${n}`, Attributes: { name: `name${n}` } },
  time: Math.floor(start / 1e9),
  timeNano: start + n * 1_000_000 + 500_000,
  ...over,
});

describe('the event journal', () => {
  it('numbers events in order and gives those after a position', () => {
    const journal = createEventJournal();
    for (const n of [1, 2, 3]) journal.add(event(n));
    expect(journal.seq()).toBe(3);
    expect(journal.after(1).events.map(each => [each.seq, each.actor])).toEqual([
      [2, 'c2'],
      [3, 'c3'],
    ]);
    expect(journal.after(3)).toEqual({ events: [], gap: null });
    expect(journal.after(0).events[0]).toEqual({
      seq: 1,
      at: 1795331404390,
      type: 'container',
      action: 'start',
      actor: 'c1',
      attributes: { name: 'name1' },
    });
  });

  it('takes an event once, however often it is told', () => {
    const journal = createEventJournal();
    expect(journal.add(event(1))).not.toBeNull();
    expect(journal.add(event(1))).toBeNull();
    expect(journal.add(event(1, { Action: 'die' }))).not.toBeNull();
    expect(journal.seq()).toBe(2);
  });

  it('goes on after what was kept of it, without repeats', () => {
    const before = createEventJournal();
    for (const n of [1, 2]) before.add(event(n));
    const after = createEventJournal(before.entries());
    expect(after.add(event(2))).toBeNull();
    expect(after.add(event(3))?.seq).toBe(3);
    expect(after.lastNano()).toBe(start + 3_500_000);
  });

  it('keeps a bounded number and says what is missing', () => {
    const journal = createEventJournal();
    for (let n = 1; n <= journalLimits.maxEvents * 3; n++) journal.add(event(n));
    expect(journal.entries().length).toBeLessThanOrEqual(journalLimits.maxEvents * 1.25);
    const { events, gap } = journal.after(10);
    expect(events).toHaveLength(journalLimits.maxPerAnswer);
    expect(events.at(-1)?.seq).toBe(journalLimits.maxEvents * 3);
    expect(gap).toMatch(/^\d+ older events are no longer kept$/);
    expect(journal.after(journal.seq() - 5).gap).toBeNull();
  });

  it('says when events came too fast, to whoever asks about that time', () => {
    const journal = createEventJournal();
    journal.add(event(1));
    journal.fellBehind();
    journal.add(event(2));
    expect(journal.after(0).gap).toMatch(/came too fast/);
    expect(journal.after(1).gap).toMatch(/came too fast/);
    expect(journal.after(2)).toEqual({ events: [], gap: null });
  });

  it('bounds attributes', () => {
    const journal = createEventJournal();
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, 'x'.repeat(10_000)]));
    journal.add(event(1, { Actor: { ID: 'y'.repeat(10_000), Attributes: many } }));
    expect(JSON.stringify(journal.after(0)).length).toBeLessThan(10_000);
  });
});
