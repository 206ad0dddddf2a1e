import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Viewer } from '#domain/access/viewer.ts';
import { noteAnnouncement } from './class-announcements.ts';
import { createClass } from './classes.ts';
import { addUser } from './testing/samples.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';

let test: TestDb;
let teacher: Viewer;
let classId: string;
beforeEach(async () => {
  test = await openTestDb();
  teacher = await addUser(test.db, 'Teacher', 'instructor');
  classId = (await createClass(test.db, teacher, 'Containers')).id;
});
afterEach(() => test.close());

it('is written down with who announced it, and told under the name of the class', async () => {
  expect(await noteAnnouncement(test.db, teacher, classId, { size: 30, minutes: 20 })).toBe('Containers');
  await noteAnnouncement(test.db, teacher, classId, null);
  const events = await test.db.auditEvent.findMany({ where: { subject: `class:${classId}` }, orderBy: { at: 'asc' } });
  expect(events.map(({ action, detail }) => [action, detail]).slice(-2)).toEqual([
    ['class.announce', { size: 30, minutes: 20 }],
    ['class.announce-cancel', {}],
  ]);
});

it('is for who runs the class', async () => {
  const other = await addUser(test.db, 'Other', 'instructor');
  await expect(noteAnnouncement(test.db, other, classId, { size: 1, minutes: 1 })).rejects.toMatchObject({
    code: 'not-found',
  });
});
