import { afterEach, beforeEach, expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';
import { addUser } from './testing/samples.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';

let test: TestDb;
beforeEach(async () => {
  test = await openTestDb();
});
afterEach(() => test.close());

/** Resolves when `arrive` was called by all of them. */
function meeting(expected: number) {
  let open = () => {};
  let here = 0;
  const all = new Promise<void>(resolve => {
    open = resolve;
  });
  return () => {
    here += 1;
    if (here >= expected) open();
    return all;
  };
}

it('lets those with different turns run side by side', async () => {
  const bothInside = meeting(2);
  await Promise.all([
    inTurn(test.db, 'attempt:a', () => bothInside()),
    inTurn(test.db, 'attempt:b', () => bothInside()),
  ]);
});

it('runs again when somebody made the same row just before', async () => {
  const bothLooked = meeting(2);
  let runs = 0;
  const make = (turn: 'attempt:a' | 'attempt:b') =>
    inTurn(test.db, turn, async tx => {
      runs += 1;
      const there = await tx.user.findUnique({ where: { email: 'ada@example.org' } });
      if (runs <= 2) await bothLooked();
      return there ? 'found' : tx.user.create({ data: { id: turn, name: 'Ada', email: 'ada@example.org' } });
    });
  const results = await Promise.all([make('attempt:a'), make('attempt:b')]);
  expect(results.filter(result => result === 'found')).toHaveLength(1);
  expect([runs, await test.db.user.count()]).toEqual([3, 1]);
});

it('runs again when two waited for each other’s rows', async () => {
  await addUser(test.db, 'Ada');
  await addUser(test.db, 'Bob');
  const bothHold = meeting(2);
  let runs = 0;
  const rename = (turn: 'attempt:a' | 'attempt:b', ids: string[]) =>
    inTurn(test.db, turn, async tx => {
      runs += 1;
      for (const id of ids) {
        await tx.user.update({ where: { id }, data: { name: turn } });
        await bothHold();
      }
    });
  await Promise.all([rename('attempt:a', ['ada', 'bob']), rename('attempt:b', ['bob', 'ada'])]);
  expect(runs).toBe(3);
});

it('without a turn two admins who demote each other would both succeed: what the turns are for', async () => {
  await addUser(test.db, 'Ada', 'admin');
  await addUser(test.db, 'Bob', 'admin');
  const bothLooked = meeting(2);
  const demote = (self: string, id: string) =>
    test.db.$transaction(async tx => {
      const still = await tx.user.findUniqueOrThrow({ where: { id: self } });
      await bothLooked();
      if (still.role === 'admin') await tx.user.update({ where: { id }, data: { role: 'learner' } });
    });
  await Promise.all([demote('ada', 'bob'), demote('bob', 'ada')]);
  expect(await test.db.user.count({ where: { role: 'admin' } })).toBe(0);
});
