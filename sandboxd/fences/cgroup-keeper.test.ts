import { beforeEach, expect, it } from 'vitest';
import type { Census } from '../host/cgroup-census.ts';
import { createCgroupKeeper } from './cgroup-keeper.ts';
import { fenceLimits } from './fence-limits.ts';

const sandbox = { id: 'abcdef012345', attemptId: 'a' };
const pids = '/sys/fs/cgroup/pids/x';
const memory = '/sys/fs/cgroup/memory/x';
const over = (cgroups: number, ...folders: string[]) => ({ cgroups, depth: 1, over: folders });
const fine: Census = { cgroups: 3, depth: 1, over: [] };

let now: number;
let done: string[];
let finish: () => void;
let keeper: ReturnType<typeof createCgroupKeeper>;
const keep = (census: Census, machine = 1_000) => keeper.keep(sandbox, census, 400, machine);
beforeEach(() => {
  now = 0;
  done = [];
  keeper = createCgroupKeeper({
    close: folders => void done.push(...folders.map(each => `close ${each}`)),
    open: folders => void done.push(...folders.map(each => `open ${each}`)),
    prune: folders => {
      done.push(`prune ${folders}`);
      return new Promise(resolve => {
        finish = resolve;
      });
    },
    endMaker: (_id, detail) => void done.push(`end: ${detail}`),
    now: () => now,
    log: { warn: () => {} },
  });
});

it('closes where there are too many, takes them away one removal at a time, and opens after a while', async () => {
  keep(fine);
  expect(done).toEqual([]);
  keep(over(500, pids));
  keep(over(900, pids, memory));
  expect(done).toEqual([`close ${pids}`, `prune ${pids}`, `close ${memory}`]);
  expect(keeper.isHolding(sandbox.id)).toBe(true);
  finish();
  await Promise.resolve();
  keep(over(600, memory));
  expect(done.slice(3)).toEqual([`prune ${memory}`]);
  now = fenceLimits.closedMs - 1;
  keep(fine);
  expect(done).toHaveLength(4);
  now = fenceLimits.closedMs;
  keep(fine);
  expect(done.slice(4)).toEqual([`open ${pids}`, `open ${memory}`]);
  expect(keeper.isHolding(sandbox.id)).toBe(false);
});

it('ends nobody for what is there at the first look, however much it is', () => {
  keep(over(50_000, pids), 50_000);
  keep(over(50_000, pids), 50_000);
  expect(done).toEqual([`close ${pids}`, `prune ${pids}`]);
});

it('ends who makes more although it is closed', () => {
  keep(over(500, pids), 1_000);
  keep(over(500, pids), 1_000 + 400 * fenceLimits.endGrownTimes);
  expect(done.at(-1)).toBe(`prune ${pids}`);
  keep(over(500, pids), 1_001 + 400 * fenceLimits.endGrownTimes);
  expect(done.at(-1)).toBe('end: it had 500 of 400');
});

it('ends who has too many that cannot be taken away', () => {
  keep(over(500, pids));
  now = fenceLimits.endAfterMs;
  keep(over(501, pids));
  expect(done.at(-1)).toBe('end: it had 501 of 400');
});

it('says what is too much, where that is not their number', () => {
  keeper.keep(sandbox, over(1, pids), 400, 1_000, 'it made 9,000 a second of 500');
  now = fenceLimits.endAfterMs;
  keeper.keep(sandbox, over(1, pids), 400, 1_000, 'it made 8,000 a second of 500');
  expect(done.at(-1)).toBe('end: it made 8,000 a second of 500');
});

it('forgets sandboxes that are gone', () => {
  keep(over(500, pids));
  keeper.forgetBut(new Set());
  expect(keeper.isHolding(sandbox.id)).toBe(false);
});
