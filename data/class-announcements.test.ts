import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { announceClass } from './class-announcements.ts';
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

async function written() {
  const events = await test.db.auditEvent.findMany({ where: { subject: `class:${classId}` }, orderBy: { at: 'asc' } });
  return events
    .filter(({ action }) => action.startsWith('class.announce'))
    .map(({ action, detail }) => [action, detail]);
}

it('is told under the name of the class, and written down once that is done', async () => {
  const told: unknown[] = [];
  await announceClass(test.db, teacher, classId, { size: 30, minutes: 20 }, async name => {
    told.push([name, await written()]);
  });
  await announceClass(test.db, teacher, classId, null, async () => {});
  expect(told).toEqual([['Containers', []]]);
  expect(await written()).toEqual([
    ['class.announce', { size: 30, minutes: 20 }],
    ['class.announce-cancel', {}],
  ]);
});

it('that failed is written down as that', async () => {
  const unreachable = async () => {
    throw new CodedError('host-unreachable', 'no answer');
  };
  const size = { size: 30, minutes: 20 };
  const code = 'host-unreachable';
  await expect(announceClass(test.db, teacher, classId, size, unreachable)).rejects.toMatchObject({ code });
  await expect(announceClass(test.db, teacher, classId, null, unreachable)).rejects.toMatchObject({ code });
  expect(await written()).toEqual([
    ['class.announce', { ...size, failed: code }],
    ['class.announce-cancel', { failed: code }],
  ]);
});

it('is for who runs the class', async () => {
  const other = await addUser(test.db, 'Other', 'instructor');
  let told = false;
  const tell = async () => {
    told = true;
  };
  await expect(announceClass(test.db, other, classId, { size: 1, minutes: 1 }, tell)).rejects.toMatchObject({
    code: 'not-found',
  });
  expect([told, await written()]).toEqual([false, []]);
});
