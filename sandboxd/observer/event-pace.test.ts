import { expect, it } from 'vitest';
import { createEventPace } from './event-pace.ts';
import { journalLimits } from './journal-limits.ts';

const { eventBurst, eventsPerSecond, eventLot } = journalLimits;

it('takes a burst at once, then holds the sender back and says so', async () => {
  const clock = { ms: 0 };
  let held = 0;
  const pace = createEventPace({
    now: () => clock.ms,
    held: () => {
      held++;
    },
  });
  for (let i = 0; i < eventBurst; i++) expect(pace()).toBeUndefined();
  expect(held).toBe(0);
  const began = performance.now();
  await pace();
  expect(held).toBe(1);
  expect(performance.now() - began).toBeGreaterThanOrEqual((eventLot / eventsPerSecond) * 1000 - 5);
});

it('never holds back who stays below the rate', () => {
  const clock = { ms: 0 };
  const pace = createEventPace({ now: () => clock.ms, held: () => expect.unreachable() });
  for (let i = 0; i < eventBurst * 4; i++) {
    clock.ms += 1000 / eventsPerSecond + 0.01;
    expect(pace()).toBeUndefined();
  }
});
