import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAttempt } from '#data/attempts.ts';
import { joinClass } from '#data/class-members.ts';
import { createClass, getClass } from '#data/classes.ts';
import { addUser, sampleLab } from '#data/testing/samples.ts';
import { openTestDb, type TestDb } from '#data/testing/test-db.ts';
import { createPreviewAccess } from './preview-access.ts';
import { previewLimits } from './preview-limits.ts';

let test: TestDb;
let now = 0;
let attempt: string;
beforeEach(async () => {
  test = await openTestDb();
  now = 0;
  const ada = await addUser(test.db, 'Ada');
  attempt = (await createAttempt(test.db, ada, sampleLab())).id;
  await session('ada');
});
afterEach(() => test.close());

async function session(userId: string): Promise<void> {
  const expiresAt = new Date(Date.now() + 60_000);
  await test.db.session.create({ data: { id: `of-${userId}`, token: userId, userId, expiresAt } });
}

it('lets the learner look, an admin, and an instructor of the learner’s class', async () => {
  const [bob, boss] = [await addUser(test.db, 'Bob', 'instructor'), await addUser(test.db, 'Boss', 'admin')];
  for (const { userId } of [bob, boss]) await session(userId);
  const mayLook = createPreviewAccess(test.db);
  const who = () => Promise.all(['of-ada', 'of-boss', 'of-bob', 'nobody'].map(id => mayLook.fresh(id, attempt)));
  expect(await who()).toEqual([true, true, false, false]);
  const { id } = await createClass(test.db, bob, 'Containers');
  const { joinCode } = await getClass(test.db, bob, id);
  await joinClass(test.db, { ...bob, userId: 'ada', role: 'learner' }, joinCode ?? '');
  expect(await who()).toEqual([true, true, true, false]);
  expect(await mayLook.fresh('of-ada', 'no such attempt')).toBe(false);
});

it('believes an answer for a moment, and then hears of a sign-out', async () => {
  const mayLook = createPreviewAccess(test.db, () => now);
  expect(await mayLook('of-ada', attempt)).toBe(true);
  await test.db.session.deleteMany();
  expect(await mayLook('of-ada', attempt)).toBe(true);
  expect(await mayLook.fresh('of-ada', attempt)).toBe(false);
  now += previewLimits.believeMs;
  expect(await mayLook('of-ada', attempt)).toBe(false);
});
