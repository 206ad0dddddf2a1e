import { expect, it } from 'vitest';
import { createMakerSearch } from './cgroup-makers.ts';
import { fenceLimits } from './fence-limits.ts';

/** The folders of each suspect change at so many looks. */
function search(perSecond: number, changes: Record<string, number>) {
  const seen = new Map<string, number>();
  const find = createMakerSearch({
    births: { perSecond: async () => perSecond },
    lastChange: async ([folder = '']) => {
      const look = seen.get(folder) ?? 0;
      seen.set(folder, look + 1);
      return Math.min(look, changes[folder] ?? 0);
    },
    pauseMs: 0,
  });
  return { find, seen };
}
const suspect = (id: string, limit = 500) => ({ id, folders: [`/pids/${id}`, `/memory/${id}`], limit });

it('looks at nobody while no more are made than may be', async () => {
  const { find, seen } = search(500, { '/pids/a': 5 });
  expect(await find([suspect('a'), suspect('b')])).toEqual(new Map());
  expect(seen.size).toBe(0);
});

it('finds whose folders change at nearly every look, not who starts a container', async () => {
  const { changesOfMaker } = fenceLimits;
  const { find } = search(11_999.6, { '/pids/a': changesOfMaker - 1, '/pids/b': changesOfMaker });
  expect(await find([suspect('a'), suspect('b'), suspect('c')])).toEqual(new Map([['b', 12_000]]));
});

it('knows that each may have a limit of its own', async () => {
  const { find } = search(900, { '/pids/a': 5, '/pids/b': 5 });
  expect(await find([suspect('a', 1_000), suspect('b')])).toEqual(new Map([['b', 900]]));
});
