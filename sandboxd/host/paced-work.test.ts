import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { hostLimits } from './host-limits.ts';
import { createPacedWork } from './paced-work.ts';

const { pieceMs, inARow, restMs, share, burstMs } = hostLimits.work;

const by = (clock: { ms: number }) => ({ now: () => clock.ms, worked: () => clock.ms });

/** Burns `ms` of a clock of the test's, in steps of one. */
const burn = (clock: { ms: number }, ms: number) => async (breathe: () => Promise<void> | undefined) => {
  for (let i = 0; i < ms; i++) {
    clock.ms++;
    await breathe();
  }
};

it('lets others have their turn after every piece', async () => {
  const clock = { ms: 0 };
  let [turns, longest, last] = [0, 0, 0];
  const watching = setInterval(() => {}, 1);
  const work = createPacedWork(by(clock));
  const tick = () => {
    turns++;
    longest = Math.max(longest, clock.ms - last);
    last = clock.ms;
    if (clock.ms < 40) setImmediate(tick);
  };
  setImmediate(tick);
  await work.run(burn(clock, 40));
  clearInterval(watching);
  expect(turns).toBeGreaterThanOrEqual(Math.floor(40 / pieceMs) - 1);
  expect(longest).toBeLessThanOrEqual(pieceMs);
});

it('rests after each further piece of a long work', async () => {
  const took = async (pieces: number) => {
    const clock = { ms: 0 };
    const began = performance.now();
    await createPacedWork(by(clock)).run(burn(clock, pieces * pieceMs));
    return performance.now() - began;
  };
  expect(await took(inARow - 1)).toBeLessThan(restMs * 5);
  expect(await took(inARow + 19)).toBeGreaterThanOrEqual(20 * (restMs - 1));
});

it('holds back who has used up the share, and nobody else', async () => {
  const clock = { ms: 0 };
  const [hog, other] = [createPacedWork(by(clock)), createPacedWork(by(clock))];
  const over = 30;
  await hog.run(burn(clock, burstMs + over));
  let done = '';
  const began = performance.now();
  const again = hog.run(async () => {
    done += 'hog';
  });
  await other.run(async () => {
    done += 'other ';
  });
  await again;
  expect(done).toBe('other hog');
  expect(performance.now() - began).toBeGreaterThanOrEqual((over - (burstMs + over) * share) / share - 5);
});

it('asks nobody to make up for what others took of the processor', async () => {
  const clock = { ms: 0 };
  const work = createPacedWork({ now: () => clock.ms, worked: () => 0 });
  await work.run(burn(clock, burstMs * 10));
  const began = performance.now();
  await work.run(async () => {});
  expect(performance.now() - began).toBeLessThan(20);
});

it('does one thing at a time, and goes on after a failure', async () => {
  const work = createPacedWork();
  const said: string[] = [];
  const first = work.run(async () => {
    said.push('first');
    await pause(5);
    throw new Error('no');
  });
  const second = work.run(async () => said.push('second'));
  await expect(first).rejects.toThrow('no');
  await second;
  expect(said).toEqual(['first', 'second']);
});
