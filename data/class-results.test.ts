import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Viewer } from '#domain/access/viewer.ts';
import { classRowSchema } from '#domain/protocol/live.ts';
import { createAttempt, finishAttempt } from './attempts.ts';
import { classCsv } from './class-csv.ts';
import { joinClass } from './class-members.ts';
import { classesOf, classRows, classRowsOf } from './class-results.ts';
import { createClass, getClass } from './classes.ts';
import { labProgress } from './overview.ts';
import { system } from './system.ts';
import { addUser, sampleFacts, sampleLab, sampleVerdict } from './testing/samples.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';
import { recordVerdict } from './verdicts.ts';

let test: TestDb;
let tess: Viewer;
let ada: Viewer;
let bob: Viewer;
let id: string;
beforeEach(async () => {
  test = await openTestDb();
  tess = await addUser(test.db, 'Tess', 'instructor');
  ada = await addUser(test.db, 'Ada');
  bob = await addUser(test.db, 'Bob');
  id = (await createClass(test.db, tess, 'Containers')).id;
  const { joinCode } = await getClass(test.db, tess, id);
  for (const learner of [bob, ada]) await joinClass(test.db, learner, joinCode ?? '');
});
afterEach(() => test.close());

const lab = ['docker-engine', 'client-and-daemon'] as const;
const tasks = ['start', 'stop'];
async function passStart(viewer: Viewer) {
  const { id: attemptId } = await createAttempt(test.db, viewer, sampleLab());
  const verdict = sampleVerdict('passed');
  await recordVerdict(test.db, system, { attemptId, verdict, facts: sampleFacts(), counted: true });
  return attemptId;
}

it('has a row per learner and a cell per task, with or without an attempt', async () => {
  const attemptId = await passStart(ada);
  const rows = await classRows(test.db, tess, id, ...lab, tasks);
  expect(rows.map(row => classRowSchema.parse(row).name)).toEqual(['Ada', 'Bob']);
  expect(rows[0]).toMatchObject({ attemptId, finishedAt: null });
  expect(rows[0]?.cells).toMatchObject([
    { task: 'start', state: 'passed', outcome: 'passed', attempts: 1, verdictId: expect.any(String) },
    { task: 'stop', state: 'open', outcome: null, attempts: 0, verdictId: null },
  ]);
  expect(rows[1]).toMatchObject({ attemptId: null, lastActiveAt: null });
});

it('shows the attempt last worked in', async () => {
  const first = await passStart(ada);
  await finishAttempt(test.db, ada, first);
  await new Promise(later => setTimeout(later, 5));
  const { id: second } = await createAttempt(test.db, ada, sampleLab());
  expect((await classRows(test.db, tess, id, ...lab, tasks))[0]).toMatchObject({ attemptId: second, finishedAt: null });
});

it('gives the changed rows alone, and knows whose tables a learner stands in', async () => {
  await passStart(ada);
  expect((await classRowsOf(test.db, system, id, ...lab, tasks, ['ada'])).map(row => row.userId)).toEqual(['ada']);
  expect(await classesOf(test.db, system, 'ada')).toEqual([id]);
  expect(await classesOf(test.db, system, 'tess')).toEqual([]);
});

it('is for those who run the class', async () => {
  await expect(classRows(test.db, ada, id, ...lab, tasks)).rejects.toMatchObject({ code: 'forbidden' });
  const other = await addUser(test.db, 'Olaf', 'instructor');
  await expect(classRows(test.db, other, id, ...lab, tasks)).rejects.toMatchObject({ code: 'not-found' });
});

it('becomes CSV that no spreadsheet runs', async () => {
  await test.db.user.update({ where: { id: 'ada' }, data: { name: '=HYPERLINK("http://x","Ada, hi")' } });
  await passStart(ada);
  const csv = classCsv(await classRows(test.db, tess, id, ...lab, tasks), tasks);
  const lines = csv.split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(
    /^"'=HYPERLINK\(""http:\/\/x"",""Ada, hi""\)",ada@example.org,\d{4}-.*Z,,1,passed,passed,1,open,,0$/,
  );
});

it('of a learner is their own overview, the lab last worked in first', async () => {
  await passStart(ada);
  expect(await labProgress(test.db, ada)).toMatchObject([
    { lab: 'client-and-daemon', tasksPassed: 1, status: 'active' },
  ]);
  expect(await labProgress(test.db, ada, 'other-course')).toEqual([]);
  expect(await labProgress(test.db, bob)).toEqual([]);
});
