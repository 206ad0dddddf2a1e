import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { SerialQueue } from './serial-queue.ts';

it('runs in order, one at a time, past failures', async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  const slow = queue.run(async () => {
    log.push('slow begins');
    await sleep(20);
    log.push('slow ends');
    return 1;
  });
  const broken = queue.run(async () => {
    log.push('broken');
    throw new Error('broken');
  });
  const last = queue.run(async () => log.push('last'));
  await expect(slow).resolves.toBe(1);
  await expect(broken).rejects.toThrow('broken');
  await last;
  expect(log).toEqual(['slow begins', 'slow ends', 'broken', 'last']);
});
