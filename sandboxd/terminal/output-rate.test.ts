import { expect, it } from 'vitest';
import { OutputRate } from './output-rate.ts';

function rateAt(clock: { now: number }) {
  const held: number[] = [];
  const rate = new OutputRate(
    { bytesPerSecond: 1_000_000, burstBytes: 10_000_000 },
    bytes => held.push(bytes),
    () => clock.now,
  );
  return { rate, held };
}

it('lets a burst through at full speed, then holds to the rate', () => {
  const clock = { now: 0 };
  const { rate, held } = rateAt(clock);
  for (let i = 0; i < 100; i++) {
    clock.now += 1;
    expect(rate.took(100_000)).toBe(0);
  }
  // 10 MB in a tenth of a second: the bucket is as good as empty.
  clock.now += 1;
  expect(rate.took(1_000_000)).toBeGreaterThan(800);
  expect(held[0]).toBeGreaterThan(90_000_000);
  let bytes = 0;
  const until = clock.now + 20_000;
  while (clock.now < until) {
    bytes += 65_536;
    clock.now += rate.took(65_536) || 0.1;
  }
  expect(bytes / 20).toBeGreaterThan(900_000);
  expect(bytes / 20).toBeLessThan(1_100_000);
});

it('fills up again while nothing is written, and never beyond the burst', () => {
  const clock = { now: 0 };
  const { rate } = rateAt(clock);
  rate.took(10_000_000);
  clock.now += 1_000_000;
  expect(rate.took(10_000_000)).toBe(0);
  expect(rate.took(1_000_000)).toBeCloseTo(1_000);
});

it('never holds what stays below the rate', () => {
  const clock = { now: 0 };
  const { rate, held } = rateAt(clock);
  for (let i = 0; i < 1_000; i++) {
    clock.now += 100;
    expect(rate.took(99_000)).toBe(0);
  }
  expect(held).toEqual([]);
});
