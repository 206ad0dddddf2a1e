import { afterEach, beforeEach, expect, it } from 'vitest';
import { findSessionViewer } from './sessions.ts';
import { system } from './system.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';

let test: TestDb;
beforeEach(async () => {
  test = await openTestDb();
  await test.db.user.create({
    data: { id: 'ada', name: 'Ada', email: 'ada@example.org', role: 'instructor', emailVerified: false },
  });
});
afterEach(() => test.close());

const begin = (id: string, endsInMs: number) =>
  test.db.session.create({
    data: { id, token: `token-${id}`, userId: 'ada', expiresAt: new Date(Date.now() + endsInMs) },
  });

it('is who the session belongs to, as the account is now', async () => {
  await begin('here', 60_000);
  expect(await findSessionViewer(test.db, system, 'here')).toEqual({
    userId: 'ada',
    name: 'Ada',
    email: 'ada@example.org',
    role: 'instructor',
    guest: false,
  });
  await test.db.user.update({ where: { id: 'ada' }, data: { role: 'learner' } });
  expect(await findSessionViewer(test.db, system, 'here')).toMatchObject({ role: 'learner' });
});

it('is nobody after it ran out, was signed out, or the account was removed', async () => {
  await begin('over', -1);
  expect(await findSessionViewer(test.db, system, 'over')).toBeNull();
  expect(await findSessionViewer(test.db, system, 'never')).toBeNull();
  await begin('here', 60_000);
  await test.db.user.delete({ where: { id: 'ada' } });
  expect(await findSessionViewer(test.db, system, 'here')).toBeNull();
});
