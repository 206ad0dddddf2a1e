import { expect, it } from 'vitest';
import { createMakerSearch } from './cgroup-makers.ts';
import { fenceLimits } from './fence-limits.ts';

/** The folders of each suspect change at so many looks of each search. */
function search(perSecond: number, changes: Record<string, number>) {
  const machine = { perSecond };
  const seen = new Map<string, number>();
  const find = createMakerSearch({
    births: { perSecond: async () => machine.perSecond },
    lastChange: async ([folder = '']) => {
      const look = seen.get(folder) ?? 0;
      seen.set(folder, look + 1);
      const searches = Math.floor(look / (fenceLimits.changeLooks + 1));
      return searches * 100 + Math.min(look % (fenceLimits.changeLooks + 1), changes[folder] ?? 0);
    },
    pauseMs: 0,
  });
  return { find, seen, machine };
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

it('finds who rests in between by the sum of some searches in a row, and forgets it once all is quiet', async () => {
  const { find, machine } = search(6_000, { '/pids/a': 2, '/pids/b': 3 });
  const makers = async () => [...(await find([suspect('a'), suspect('b')])).keys()];
  expect([await makers(), await makers(), await makers()]).toEqual([[], [], ['b']]);
  expect([await makers(), await makers()]).toEqual([['b'], ['b']]);
  machine.perSecond = 100;
  expect(await makers()).toEqual([]);
  machine.perSecond = 6_000;
  expect([await makers(), await makers(), await makers()]).toEqual([[], [], ['b']]);
});
