import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { serialized } from './serialized.ts';

it('runs one at a time, and once more for all who came meanwhile', async () => {
  let [runs, now, most] = [0, 0, 0];
  const run = serialized(async () => {
    most = Math.max(most, ++now);
    await pause(10);
    runs++;
    now--;
  });
  const first = run();
  await Promise.all([run(), run(), run(), first]);
  expect([runs, most]).toEqual([2, 1]);
  await run();
  expect(runs).toBe(3);
});

it('tells a failure to those who waited for that run, and goes on', async () => {
  let fail = true;
  const run = serialized(async () => {
    await pause(1);
    if (fail) throw new Error('once');
  });
  const first = run();
  const second = run();
  await expect(first).rejects.toThrow('once');
  fail = false;
  await expect(second).resolves.toBeUndefined();
});
