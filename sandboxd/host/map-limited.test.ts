import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { mapLimited } from './map-limited.ts';

it('keeps the order and never has more under way than allowed', async () => {
  let now = 0;
  let most = 0;
  const results = await mapLimited([30, 5, 20, 1, 10, 2], 2, async ms => {
    most = Math.max(most, ++now);
    await pause(ms);
    now--;
    return ms * 2;
  });
  expect(results).toEqual([60, 10, 40, 2, 20, 4]);
  expect(most).toBe(2);
});

it('passes a failure on', async () => {
  await expect(mapLimited([1, 2], 2, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
