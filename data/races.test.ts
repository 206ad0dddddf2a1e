import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '#domain/access/viewer.ts';
import { listAnswers, saveAnswer } from './answers.ts';
import { assignLab, listAssignments } from './assignments.ts';
import { openStep } from './attempt-steps.ts';
import { createAttempt, finishAttempt } from './attempts.ts';
import { joinClass, removeMember, setMemberRole } from './class-members.ts';
import { createClass, getClass, renewJoinCode } from './classes.ts';
import { claimOwner, resetPassword } from './link-accounts.ts';
import { createOwnerLink, createResetLink, findLink } from './one-time-links.ts';
import { system } from './system.ts';
import { openHint } from './task-progress.ts';
import { addUser, sampleFacts, sampleLab, sampleVerdict } from './testing/samples.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';
import { recordVerdict } from './verdicts.ts';

/** What happens when several do the same at the same moment: tabs, a class arriving, two admins. */
let test: TestDb;
let ada: Viewer;
beforeEach(async () => {
  test = await openTestDb();
  ada = await addUser(test.db, 'Ada');
});
afterEach(() => test.close());

const together = <T>(count: number, deed: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => deed(index)));
const outcomes = async (deeds: Promise<unknown>[]) =>
  (await Promise.allSettled(deeds)).map(each => each.status).toSorted();

describe('an attempt', () => {
  it('is begun once from many tabs', async () => {
    const begun = await together(8, () => createAttempt(test.db, ada, sampleLab()));
    expect(new Set(begun.map(each => each.id)).size).toBe(1);
    expect(await test.db.attempt.count()).toBe(1);
  });

  it('of a lab that nobody opened before is begun by a whole class at once', async () => {
    const learners = await together(12, index => addUser(test.db, `Learner${index}`));
    await Promise.all(learners.map(learner => createAttempt(test.db, learner, sampleLab())));
    expect([await test.db.attempt.count(), await test.db.labVersion.count()]).toEqual([12, 1]);
  });

  it('opens one hint per ask, and no more than there are', async () => {
    const { id } = await createAttempt(test.db, ada, sampleLab());
    const opened = await together(5, () => openHint(test.db, ada, id, 'start', 3));
    expect(opened.toSorted()).toEqual([1, 2, 3, 3, 3]);
  });

  it('counts every try', async () => {
    const { id: attemptId } = await createAttempt(test.db, ada, sampleLab());
    const answer = { question: 'q', value: [1], correct: false, feedback: null, revealed: null, once: false };
    await together(6, () => saveAnswer(test.db, ada, attemptId, answer));
    expect(await listAnswers(test.db, ada, attemptId)).toMatchObject([{ tries: 6 }]);
    const verdict = sampleVerdict('failed');
    const seen = await together(6, () =>
      recordVerdict(test.db, system, { attemptId, verdict, facts: sampleFacts(), counted: true }),
    );
    expect(Math.max(...seen.map(each => each.task.attempts))).toBe(6);
    expect(await test.db.verdictRecord.count()).toBe(1);
  });

  it('takes a prediction once', async () => {
    const { id } = await createAttempt(test.db, ada, sampleLab());
    const predict = { question: 'q', value: [1], correct: null, feedback: null, revealed: null, once: true };
    const said = await outcomes(Array.from({ length: 4 }, () => saveAnswer(test.db, ada, id, predict)));
    expect(said).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
  });

  it('is finished once, and a step is opened once', async () => {
    const { id } = await createAttempt(test.db, ada, sampleLab());
    await together(5, () => openStep(test.db, ada, id, 'look'));
    await together(4, () => finishAttempt(test.db, ada, id));
    expect(await test.db.attemptStep.count()).toBe(1);
    expect(await test.db.auditEvent.count({ where: { action: 'attempt.finish' } })).toBe(1);
  });
});

describe('a class', () => {
  let tess: Viewer;
  let id: string;
  beforeEach(async () => {
    tess = await addUser(test.db, 'Tess', 'instructor');
    id = (await createClass(test.db, tess, 'Containers')).id;
  });

  it('is joined once, however often the link is pressed', async () => {
    const code = (await getClass(test.db, tess, id)).joinCode ?? '';
    await together(5, () => joinClass(test.db, ada, code));
    expect(await test.db.classMember.count({ where: { userId: 'ada' } })).toBe(1);
    expect(await test.db.auditEvent.count({ where: { action: 'class.join' } })).toBe(1);
  });

  it('is joined with a code that is renewed meanwhile either before or not at all', async () => {
    const code = (await getClass(test.db, tess, id)).joinCode ?? '';
    const [joined] = await Promise.allSettled([joinClass(test.db, ada, code), renewJoinCode(test.db, tess, id)]);
    const members = await test.db.classMember.count({ where: { userId: 'ada' } });
    expect(members).toBe(joined.status === 'fulfilled' ? 1 : 0);
    await expect(joinClass(test.db, await addUser(test.db, 'Bob'), code)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('keeps an instructor when two remove or demote each other', async () => {
    const code = (await getClass(test.db, tess, id)).joinCode ?? '';
    await joinClass(test.db, ada, code);
    await setMemberRole(test.db, tess, id, 'ada', 'instructor');
    const said = await outcomes([
      removeMember(test.db, tess, id, 'ada'),
      setMemberRole(test.db, ada, id, 'tess', 'learner'),
    ]);
    expect(said).toEqual(['fulfilled', 'rejected']);
    expect(await test.db.classMember.count({ where: { role: 'instructor' } })).toBe(1);
  });

  it('is assigned a lab once', async () => {
    await together(5, () => assignLab(test.db, tess, id, { course: 'c', lab: 'l', dueAt: null }));
    expect(await listAssignments(test.db, tess, id)).toHaveLength(1);
  });
});

describe('a one-time link', () => {
  it('is the only one of its kind, though several are made at once', async () => {
    const tokens = await together(5, () => createOwnerLink(test.db, system));
    const usable = await Promise.all(tokens.map(token => findLink(test.db, 'owner', token)));
    expect(usable.filter(Boolean)).toHaveLength(1);
    const root = await addUser(test.db, 'Root', 'admin');
    const resets = await together(4, () => createResetLink(test.db, root, 'ada'));
    const open = await Promise.all(resets.map(token => findLink(test.db, 'password-reset', token)));
    expect(open.filter(Boolean)).toHaveLength(1);
  });

  it('is used once', async () => {
    const root = await addUser(test.db, 'Root', 'admin');
    const token = await createResetLink(test.db, root, 'ada');
    const said = await outcomes([1, 2, 3].map(each => resetPassword(test.db, system, token, `hash ${each}`)));
    expect(said).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('makes one owner, though the email signs up at the same moment', async () => {
    const token = await createOwnerLink(test.db, system);
    const email = 'olga@example.org';
    const [claimed] = await Promise.allSettled([
      claimOwner(test.db, system, token, { name: 'Olga', email, passwordHash: 'hash' }),
      test.db.user.create({ data: { id: 'early', name: 'Early', email } }),
    ]);
    expect(claimed).toMatchObject({ status: 'fulfilled' });
    expect(await test.db.user.findUnique({ where: { email } })).toMatchObject({ role: 'admin', name: 'Olga' });
  });
});
