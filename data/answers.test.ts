import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Viewer } from '#domain/access/viewer.ts';
import { judgeAnswer, listAnswers, saveAnswer } from './answers.ts';
import { createAttempt, finishAttempt } from './attempts.ts';
import { system } from './system.ts';
import { addUser, sampleLab } from './testing/samples.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';

let test: TestDb;
let ada: Viewer;
let id: string;
beforeEach(async () => {
  test = await openTestDb();
  ada = await addUser(test.db, 'Ada');
  id = (await createAttempt(test.db, ada, sampleLab())).id;
});
afterEach(() => test.close());

const waiting = { correct: null, feedback: null, revealed: null };
const wrong = { question: 'q', value: [1], correct: false, feedback: 'No.', revealed: null, once: false };

it('keeps the newest answer and counts the tries', async () => {
  await saveAnswer(test.db, ada, id, wrong);
  await saveAnswer(test.db, ada, id, { ...wrong, value: 'PID 1', correct: true, feedback: null });
  expect(await listAnswers(test.db, ada, id)).toMatchObject([
    { question: 'q', value: 'PID 1', correct: true, tries: 2 },
  ]);
});

it('keeps numbers, texts and choices as they are', async () => {
  for (const value of [3.5, 'text', [0, 2]])
    expect((await saveAnswer(test.db, ada, id, { ...wrong, value })).value).toEqual(value);
});

it('takes a prediction once, even from two tabs', async () => {
  const predict = (value: number[]) => saveAnswer(test.db, ada, id, { ...wrong, ...waiting, value, once: true });
  const both = await Promise.allSettled([predict([0]), predict([1])]);
  expect(both.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(predict([2])).rejects.toMatchObject({ code: 'conflict' });
  expect((await listAnswers(test.db, ada, id))[0]).toMatchObject({ tries: 1, correct: null });
});

it('judges a prediction at its reveal', async () => {
  expect(await judgeAnswer(test.db, system, id, 'q', { correct: true, feedback: null, revealed: 'PID 1' })).toBeNull();
  await saveAnswer(test.db, ada, id, { ...wrong, ...waiting, once: true });
  await judgeAnswer(test.db, system, id, 'q', { correct: true, feedback: null, revealed: 'PID 1 (tini)' });
  expect((await listAnswers(test.db, ada, id))[0]).toMatchObject({ correct: true, revealed: 'PID 1 (tini)', tries: 1 });
});

it("takes none into another's or a finished attempt, nor one beyond its bounds", async () => {
  await expect(saveAnswer(test.db, await addUser(test.db, 'Bob'), id, wrong)).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(saveAnswer(test.db, ada, id, { ...wrong, value: 'x'.repeat(2_001) })).rejects.toThrow();
  await finishAttempt(test.db, ada, id);
  await expect(saveAnswer(test.db, ada, id, wrong)).rejects.toMatchObject({ code: 'conflict' });
  expect(await listAnswers(test.db, ada, id)).toEqual([]);
});
