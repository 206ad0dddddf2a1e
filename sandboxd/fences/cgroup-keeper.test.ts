import { expect, it } from 'vitest';
import type { Census } from '../host/cgroup-census.ts';
import { createCgroupKeeper } from './cgroup-keeper.ts';
import { fenceLimits } from './fence-limits.ts';

const sandbox = { id: 'abcdef012345', attemptId: 'a' };
const over = (cgroups: number) => ({ cgroups, depth: 1, over: ['/sys/fs/cgroup/pids/docker/x'] });
const fine: Census = { cgroups: 3, depth: 1, over: [] };

function keeper() {
  const clock = { now: 0 };
  const pruned: (() => void)[] = [];
  const ended: string[] = [];
  const made = createCgroupKeeper({
    prune: () => new Promise(resolve => pruned.push(resolve)),
    endMaker: (_id, detail) => ended.push(detail),
    now: () => clock.now,
    log: { warn: () => {} },
  });
  return { clock, pruned, ended, keep: (census: Census) => made.keep(sandbox, census, 400), made };
}

it('takes surplus cgroups away, one removal at a time', async () => {
  const { pruned, ended, keep, made } = keeper();
  keep(fine);
  expect(pruned).toHaveLength(0);
  keep(over(500));
  keep(over(900));
  expect(pruned).toHaveLength(1);
  expect(made.isPruning(sandbox.id)).toBe(true);
  pruned[0]?.();
  await Promise.resolve();
  keep(over(600));
  expect(pruned).toHaveLength(2);
  keep(fine);
  expect(made.isPruning(sandbox.id)).toBe(false);
  expect(ended).toEqual([]);
});

it('ends a sandbox that makes them faster, or far too many', () => {
  const slow = keeper();
  slow.keep(over(500));
  slow.clock.now = fenceLimits.endAfterMs;
  slow.keep(over(501));
  expect(slow.ended).toEqual(['it had 501 of 400']);
  const fast = keeper();
  fast.keep(over(50_000));
  expect(fast.ended).toEqual(['it had 50000 of 400']);
});

it('forgets sandboxes that are gone', () => {
  const { keep, made } = keeper();
  keep(over(500));
  made.forgetBut(new Set());
  expect(made.isPruning(sandbox.id)).toBe(false);
});
