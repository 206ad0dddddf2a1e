import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Viewer } from '#domain/access/viewer.ts';
import { listAnswers, saveAnswer } from './answers.ts';
import { createAttempt, findAttempt } from './attempts.ts';
import { listAudit } from './audit.ts';
import { system } from './system.ts';
import { addUser, sampleFacts, sampleLab, sampleVerdict } from './testing/samples.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';
import { listUsers, setRole } from './users.ts';
import { getVerdict, recordVerdict } from './verdicts.ts';

/** Texts that a learner's machine or browser may send, and that a database may not like. */
let test: TestDb;
let ada: Viewer;
let id: string;
beforeEach(async () => {
  test = await openTestDb();
  ada = await addUser(test.db, 'Ada');
  id = (await createAttempt(test.db, ada, sampleLab())).id;
});
afterEach(() => test.close());

const hostile = 'nul \0, half a pair \ud800, a path C:\\u0000, 鯨, \u{1f433}, \x1b[31m';

/** What is left of it in texts: nothing else is lost. */
const stored = hostile.replace('\0', '\ufffd').replace('\ud800', '\ufffd');

it('keeps facts as they were observed, NUL and all', async () => {
  const facts = sampleFacts({ gaps: [{ part: 'files', reason: hostile }] as never });
  const { task } = await recordVerdict(test.db, system, {
    attemptId: id,
    verdict: sampleVerdict('failed'),
    facts,
    counted: true,
  });
  expect((await getVerdict(test.db, ada, task.verdictId ?? '')).facts.gaps).toEqual(facts.gaps);
});

it('keeps an answer with them, beside what was said about it', async () => {
  const given = { question: 'q', value: hostile, correct: false, feedback: hostile, revealed: null, once: false };
  await saveAnswer(test.db, ada, id, given);
  const [answer] = await listAnswers(test.db, ada, id);
  expect(answer?.value).toBe(stored);
  expect(answer?.feedback).toBe(stored);
});

it('finds nothing by an id with a NUL, and goes on', async () => {
  expect(await findAttempt(test.db, system, `${id}\0`)).toBeNull();
  expect(await findAttempt(test.db, system, id)).toMatchObject({ id });
});

it('keeps the order of what was written', async () => {
  const root = await addUser(test.db, 'Root', 'admin');
  await setRole(test.db, root, 'ada', 'instructor');
  expect((await listAudit(test.db, root))[0]?.detail).toBe('from: learner, to: instructor');
});

it('finds people in capitals or not', async () => {
  const root = await addUser(test.db, 'Root', 'admin');
  for (const text of ['ADA@', 'ada', 'Ada'])
    expect((await listUsers(test.db, root, text)).map(user => user.id)).toEqual(['ada']);
});
