import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createGate } from './gate.ts';

it('lets no more through than it has places for, in order, over failures', async () => {
  const gate = createGate(2);
  const order: number[] = [];
  let [now, most] = [0, 0];
  const work = (n: number) =>
    gate(async () => {
      order.push(n);
      most = Math.max(most, ++now);
      await pause(5);
      now--;
      if (n === 2) throw new Error('two');
      return n;
    });
  const results = await Promise.allSettled([1, 2, 3, 4, 5].map(work));
  expect(results.map(result => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
    1,
    'failed',
    3,
    4,
    5,
  ]);
  expect([most, order]).toEqual([2, [1, 2, 3, 4, 5]]);
});
