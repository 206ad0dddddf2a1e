import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimOwner, findOwner, resetPassword } from './link-accounts.ts';
import { createOwnerLink, createResetLink, findLink, linkLimits } from './one-time-links.ts';
import { system } from './system.ts';
import { addUser } from './testing/samples.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';

let test: TestDb;
beforeEach(async () => {
  test = await openTestDb();
});
afterEach(() => test.close());

const owner = { name: 'Olga', email: 'Olga@Example.org', passwordHash: 'hash' };

it('keeps the hash of a token, never the token', async () => {
  const token = await createOwnerLink(test.db, system);
  expect(JSON.stringify(await test.db.oneTimeLink.findMany())).not.toContain(token);
  expect(await findLink(test.db, 'owner', token)).not.toBeNull();
});

it('opens nothing for a wrong token, another purpose, or too late', async () => {
  const token = await createOwnerLink(test.db, system);
  for (const wrong of ['', 'x', 'A'.repeat(43), `${token}A`])
    expect(await findLink(test.db, 'owner', wrong)).toBeNull();
  expect(await findLink(test.db, 'password-reset', token)).toBeNull();
  expect(await findLink(test.db, 'owner', token, Date.now() + linkLimits.ownerMs + 1)).toBeNull();
});

it('makes one owner, though the link is used twice at once', async () => {
  const token = await createOwnerLink(test.db, system);
  const both = await Promise.allSettled([
    claimOwner(test.db, system, token, owner),
    claimOwner(test.db, system, token, { ...owner, email: 'thief@example.org' }),
  ]);
  expect(both.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await test.db.user.count()).toBe(1);
});

it('a newer owner link takes the older one’s place', async () => {
  const older = await createOwnerLink(test.db, system);
  await createOwnerLink(test.db, system);
  await expect(claimOwner(test.db, system, older, owner)).rejects.toMatchObject({ code: 'not-found' });
});

it('uses nothing up when what it is for fails', async () => {
  const admin = await addUser(test.db, 'Root', 'admin');
  await addUser(test.db, 'Ada');
  const reset = await createResetLink(test.db, admin, 'ada');
  await test.db.user.delete({ where: { id: 'ada' } });
  await expect(resetPassword(test.db, system, reset, 'hash')).rejects.toMatchObject({ code: 'not-found' });
  expect(await findLink(test.db, 'password-reset', reset)).not.toBeNull();
});

it('recovers the oldest admin, and keeps name and email', async () => {
  await claimOwner(test.db, system, await createOwnerLink(test.db, system), owner);
  await addUser(test.db, 'Later', 'admin');
  const token = await createOwnerLink(test.db, system);
  const result = await claimOwner(test.db, system, token, { name: 'X', email: 'x@example.org', passwordHash: 'new' });
  expect(result).toEqual({ email: 'olga@example.org', recovered: true });
  expect(await findOwner(test.db, system)).toMatchObject({ name: 'Olga' });
  expect((await test.db.account.findMany()).map(account => account.password)).toEqual(['new']);
});

it('makes the owner of somebody who had signed up with that email before', async () => {
  await test.db.user.create({ data: { id: 'early', name: 'Early', email: 'olga@example.org' } });
  await test.db.session.create({
    data: { id: 's', token: 't', userId: 'early', expiresAt: new Date(Date.now() + 1e6) },
  });
  await claimOwner(test.db, system, await createOwnerLink(test.db, system), owner);
  expect(await findOwner(test.db, system)).toMatchObject({ id: 'early', name: 'Olga' });
  expect(await test.db.session.count()).toBe(0);
});
