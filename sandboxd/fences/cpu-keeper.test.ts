import { expect, it } from 'vitest';
import { createCpuKeeper } from './cpu-keeper.ts';
import { fenceLimits } from './fence-limits.ts';

function keeper() {
  const clock = { now: 1_000 };
  const use = { cpuMs: 0, periods: 0 };
  const made = createCpuKeeper(() => clock.now);
  made.look(use, 1.5);
  /** One second at this share of the limit of 1.5 processors, running in this share of its periods. */
  const second = (share: number, ran = share) => {
    clock.now += 1_000;
    use.cpuMs += 1_500 * share;
    use.periods += 10 * ran;
    return made.look(use, 1.5);
  };
  return { second, seconds: (count: number, share: number) => Array.from({ length: count }, () => second(share)) };
}

it('puts a busy sandbox behind the others, and back when it was quiet for a while', () => {
  const { second, seconds } = keeper();
  expect(seconds(fenceLimits.busyLooks - 1, 1).every(each => each === null)).toBe(true);
  expect(second(1)).toBe('behind');
  expect(seconds(30, 0.9).every(each => each === null)).toBe(true);
  expect(seconds(fenceLimits.quietLooks - 1, 0.1).every(each => each === null)).toBe(true);
  expect(second(0.1)).toBe('among');
});

it('leaves alone who is busy for a moment', () => {
  const { seconds } = keeper();
  const told = Array.from({ length: 20 }, () => [...seconds(fenceLimits.busyLooks - 1, 1), ...seconds(1, 0.2)]).flat();
  expect(told.every(each => each === null)).toBe(true);
});

it('takes nobody for quiet who wants much and gets little', () => {
  const { second, seconds } = keeper();
  seconds(fenceLimits.busyLooks, 1);
  const starved = Array.from({ length: 30 }, () => second(0.05, 1));
  expect(starved.every(each => each === null)).toBe(true);
});
