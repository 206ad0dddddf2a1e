import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Viewer } from '#domain/access/viewer.ts';
import { assignLab, listAssignments, listMyAssignments, unassignLab } from './assignments.ts';
import { findClassByCode, joinClass, removeMember, setMemberRole } from './class-members.ts';
import { archiveClass, createClass, getClass, listClasses, renameClass, renewJoinCode } from './classes.ts';
import { addUser } from './testing/samples.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';

// Slow on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

let test: TestDb;
let tess: Viewer;
let ada: Viewer;
let id: string;
let code: string;
beforeEach(async () => {
  test = await openTestDb();
  tess = await addUser(test.db, 'Tess', 'instructor');
  ada = await addUser(test.db, 'Ada');
  id = (await createClass(test.db, tess, '  Containers \u0007 101 ')).id;
  code = (await getClass(test.db, tess, id)).joinCode ?? '';
});
afterEach(() => test.close());

describe('a class', () => {
  it('is made by instructors, who are its first', async () => {
    expect(await getClass(test.db, tess, id)).toMatchObject({
      name: 'Containers 101',
      viewerRole: 'instructor',
      learners: 0,
    });
    await expect(createClass(test.db, ada, 'Mine')).rejects.toMatchObject({ code: 'forbidden' });
    for (const name of ['', '   ', 'x'.repeat(121)])
      await expect(createClass(test.db, tess, name)).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('is joined by its code, typed as people type, once', async () => {
    expect(await joinClass(test.db, ada, ` ${code.slice(0, 5).toLowerCase()}-${code.slice(5)} `)).toMatchObject({ id });
    await joinClass(test.db, ada, code);
    expect(await getClass(test.db, tess, id)).toMatchObject({ learners: 1 });
    expect((await listClasses(test.db, ada)).map(each => each.viewerRole)).toEqual(['learner']);
    expect(await test.db.auditEvent.count({ where: { action: 'class.join' } })).toBe(1);
  });

  it('joined by its own instructor keeps its instructor', async () => {
    await joinClass(test.db, tess, code);
    expect((await getClass(test.db, tess, id)).viewerRole).toBe('instructor');
  });

  it('is closed to guests, to an old code, and when archived', async () => {
    const guest = await addUser(test.db, 'Gus', 'learner', true);
    await expect(joinClass(test.db, guest, code)).rejects.toMatchObject({ code: 'forbidden' });
    const renewed = await renewJoinCode(test.db, tess, id);
    await expect(joinClass(test.db, ada, code)).rejects.toMatchObject({ code: 'not-found' });
    await archiveClass(test.db, tess, id, true);
    expect(await findClassByCode(test.db, renewed)).toBeNull();
    expect((await getClass(test.db, tess, id)).joinCode).toBeNull();
    await archiveClass(test.db, tess, id, false);
    expect(await joinClass(test.db, ada, renewed)).toMatchObject({ id });
  });

  it('shows learners neither the code nor the others', async () => {
    await joinClass(test.db, ada, code);
    expect(await getClass(test.db, ada, id)).toMatchObject({ joinCode: null, members: [], managed: false });
  });

  it('is nobody else’s to see or to run', async () => {
    const other = await addUser(test.db, 'Olaf', 'instructor');
    await joinClass(test.db, ada, code);
    for (const [viewer, refusal] of [
      [other, 'not-found'],
      [ada, 'forbidden'],
    ] as const) {
      const deeds = [
        renameClass(test.db, viewer, id, 'Stolen'),
        archiveClass(test.db, viewer, id, true),
        renewJoinCode(test.db, viewer, id),
        removeMember(test.db, viewer, id, 'ada'),
        setMemberRole(test.db, viewer, id, viewer.userId, 'instructor'),
        assignLab(test.db, viewer, id, { course: 'c', lab: 'l', dueAt: null }),
        unassignLab(test.db, viewer, id, 'x'),
      ];
      for (const deed of await Promise.allSettled(deeds)) expect(deed).toMatchObject({ reason: { code: refusal } });
    }
    await expect(getClass(test.db, other, id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await getClass(test.db, await addUser(test.db, 'Root', 'admin'), id)).toMatchObject({ managed: true });
  });
});

describe('members', () => {
  it('become instructors of this class, and keep one', async () => {
    await joinClass(test.db, ada, code);
    await expect(setMemberRole(test.db, tess, id, 'tess', 'learner')).rejects.toMatchObject({ code: 'conflict' });
    await expect(removeMember(test.db, tess, id, 'tess')).rejects.toMatchObject({ code: 'conflict' });
    await setMemberRole(test.db, tess, id, 'ada', 'instructor');
    await removeMember(test.db, ada, id, 'tess');
    expect((await getClass(test.db, ada, id)).members.map(each => each.userId)).toEqual(['ada']);
  });

  it('who are none cannot be given a role', async () => {
    await expect(setMemberRole(test.db, tess, id, 'ada', 'instructor')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('assignments', () => {
  it('are one per lab; assigning again moves the date', async () => {
    await joinClass(test.db, ada, code);
    await assignLab(test.db, tess, id, { course: 'c', lab: 'l', dueAt: null });
    const again = await assignLab(test.db, tess, id, { course: 'c', lab: 'l', dueAt: 5_000 });
    expect(await listAssignments(test.db, ada, id)).toEqual([again]);
    expect(await listMyAssignments(test.db, ada)).toEqual([{ ...again, className: 'Containers 101' }]);
    expect(await listMyAssignments(test.db, tess)).toEqual([]);
    await unassignLab(test.db, tess, id, again.id);
    expect(await listMyAssignments(test.db, ada)).toEqual([]);
  });

  it('of another class cannot be taken back from here', async () => {
    const other = await createClass(test.db, tess, 'Other');
    const theirs = await assignLab(test.db, tess, other.id, { course: 'c', lab: 'l', dueAt: null });
    await unassignLab(test.db, tess, id, theirs.id);
    expect(await listAssignments(test.db, tess, other.id)).toHaveLength(1);
  });
});
