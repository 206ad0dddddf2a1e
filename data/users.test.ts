import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '#domain/access/viewer.ts';
import { createAttempt } from './attempts.ts';
import { listAudit } from './audit.ts';
import { noteSandboxEnd, sandboxOwners } from './sandbox-owners.ts';
import { addUser, sampleLab } from './testing/samples.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';
import { listUsers, removeUser, setRole } from './users.ts';

let test: TestDb;
let root: Viewer;
let ada: Viewer;
beforeEach(async () => {
  test = await openTestDb();
  root = await addUser(test.db, 'Root', 'admin');
  ada = await addUser(test.db, 'Ada');
});
afterEach(() => test.close());

describe('admins', () => {
  it('see who is here, and find by name or email', async () => {
    await createAttempt(test.db, ada, sampleLab());
    const before = Date.now() - 5_000;
    const [found, ...others] = await listUsers(test.db, root, 'ADA@');
    expect([found?.id, found?.attempts, others]).toEqual(['ada', 1, []]);
    expect(found?.lastSeenAt).toBeGreaterThan(before);
    expect(await listUsers(test.db, root)).toHaveLength(2);
  });

  it('change roles, and what they did is noted with it', async () => {
    await setRole(test.db, root, 'ada', 'instructor');
    expect((await listAudit(test.db, root))[0]).toMatchObject({
      actor: 'Root',
      action: 'user.set-role',
      subject: 'user:ada',
      detail: 'from: learner, to: instructor',
    });
  });

  it('remove an account with its attempts', async () => {
    await createAttempt(test.db, ada, sampleLab());
    await removeUser(test.db, root, 'ada');
    expect([await test.db.user.count(), await test.db.attempt.count()]).toEqual([1, 0]);
    expect((await listAudit(test.db, root)).at(-1)?.actor).toBe('removed account ada');
  });

  it('can do neither to themselves, nor give a guest a role', async () => {
    await addUser(test.db, 'Gus', 'learner', true);
    await expect(setRole(test.db, root, 'root', 'learner')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(removeUser(test.db, root, 'root')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(setRole(test.db, root, 'gus', 'admin')).rejects.toMatchObject({ code: 'conflict' });
    await expect(setRole(test.db, root, 'nobody', 'admin')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leave one admin when two demote each other at once', async () => {
    const second = await addUser(test.db, 'Second', 'admin');
    const both = await Promise.allSettled([
      setRole(test.db, root, 'second', 'learner'),
      setRole(test.db, second, 'root', 'learner'),
    ]);
    expect(both.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await test.db.user.count({ where: { role: 'admin' } })).toBe(1);
  });

  it('see who works in which sandbox', async () => {
    const { id } = await createAttempt(test.db, ada, sampleLab());
    const owners = await sandboxOwners(test.db, root, [id, 'gone']);
    expect([...owners.values()]).toEqual([
      { attemptId: id, name: 'Ada', course: 'docker-engine', lab: 'client-and-daemon' },
    ]);
  });
});

it('nobody else sees or does any of it', async () => {
  const deeds = [
    listUsers(test.db, ada),
    listAudit(test.db, ada),
    setRole(test.db, ada, 'ada', 'admin'),
    removeUser(test.db, ada, 'root'),
    sandboxOwners(test.db, ada, []),
    noteSandboxEnd(test.db, ada, 'abcdefabcdef'),
  ];
  for (const deed of await Promise.allSettled(deeds)) expect(deed).toMatchObject({ reason: { code: 'forbidden' } });
  expect(await test.db.auditEvent.count()).toBe(0);
});
