import { expect, it } from 'vitest';
import { createCgroupBirths, type NewCgroup } from './cgroup-births.ts';

it('tells from two numbers of the kernel how many were made between them, also when its numbers begin anew', async () => {
  let now = 0;
  const found: Record<string, NewCgroup | null> = {
    pids: { number: 1_000, takes: 9 },
    memory: { number: 2 ** 31 - 330, takes: 33 },
    cpu: { number: 5, takes: 14 },
  };
  const births = createCgroupBirths(
    Object.keys(found),
    async hierarchy => found[hierarchy] ?? null,
    () => now,
  );
  expect(await births.perSecond()).toBe(0);
  now += 2_000;
  // Nobody but us; 1,000 others over the end; one that cannot be made.
  found.pids = { number: 1_009, takes: 9 };
  found.memory = { number: 33 * 991, takes: 33 };
  found.cpu = null;
  expect(await births.perSecond()).toBe(500);
  now += 1_000;
  found.pids = { number: 1_009 + 9 * 201, takes: 9 };
  found.memory = { number: 33 * 1_292, takes: 33 };
  // By what it was last seen to have.
  found.cpu = { number: 5 + 14 * 301, takes: 14 };
  expect(await births.perSecond()).toBe(200 + 300 + 100);
});
