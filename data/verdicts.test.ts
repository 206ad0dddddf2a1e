import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Viewer } from '#domain/access/viewer.ts';
import { createAttempt, finishAttempt } from './attempts.ts';
import { system } from './system.ts';
import { listTaskProgress, openHint, openSolution } from './task-progress.ts';
import { addUser, sampleFacts, sampleLab, sampleVerdict } from './testing/samples.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';
import { getVerdict, listVerdicts, recordVerdict } from './verdicts.ts';

// Slow on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

let test: TestDb;
let ada: Viewer;
let attemptId: string;
beforeEach(async () => {
  test = await openTestDb();
  ada = await addUser(test.db, 'Ada');
  attemptId = (await createAttempt(test.db, ada, sampleLab())).id;
});
afterEach(() => test.close());

const record = (verdict = sampleVerdict('failed'), counted = false) =>
  recordVerdict(test.db, system, { attemptId, verdict, facts: sampleFacts(), counted });

describe('recording verdicts', () => {
  it('latches a pass, shows undone, and comes back', async () => {
    expect((await record(sampleVerdict('failed'))).task.state).toBe('open');
    expect((await record(sampleVerdict('passed', { at: 2_000 }))).task).toMatchObject({
      state: 'passed',
      passedAt: 2_000,
    });
    expect((await record(sampleVerdict('failed', { at: 3_000 }))).task).toMatchObject({
      state: 'undone',
      passedAt: 2_000,
    });
    expect((await record(sampleVerdict('passed', { at: 4_000 }))).task).toMatchObject({
      state: 'passed',
      passedAt: 2_000,
    });
    expect(await listTaskProgress(test.db, ada, attemptId)).toMatchObject([
      { task: 'start', state: 'passed', attempts: 0 },
    ]);
  });

  it('keeps one record while nothing new is said, and counts tries', async () => {
    const first = await record(sampleVerdict('failed'), true);
    const second = await record(sampleVerdict('failed', { at: 9_000 }), true);
    expect(second.task).toMatchObject({ attempts: 2, verdictId: first.task.verdictId });
    expect((await record(sampleVerdict('failed', { at: 9_500 }))).changed).toBe(false);
    expect(await test.db.verdictRecord.count()).toBe(1);
  });

  it('lets unknown take nothing away', async () => {
    await record(sampleVerdict('passed'));
    const { task, changed } = await record(sampleVerdict('unknown'));
    expect([task.state, task.verdict?.outcome, changed]).toEqual(['passed', 'passed', false]);
  });

  it('leaves a finished attempt as it is', async () => {
    await record(sampleVerdict('passed'));
    await finishAttempt(test.db, ada, attemptId);
    expect((await record(sampleVerdict('failed'))).task.state).toBe('passed');
    expect(await test.db.verdictRecord.count()).toBe(1);
  });

  it('keeps the newest of an endless to and fro, and the first pass', async () => {
    await record(sampleVerdict('failed', { at: 1 }));
    const first = await record(sampleVerdict('passed', { at: 2 }));
    let last = first;
    for (let at = 3; at < 60; at++) last = await record(sampleVerdict(at % 2 ? 'failed' : 'passed', { at }));
    const history = await listVerdicts(test.db, ada, attemptId, 'start');
    expect(history).toHaveLength(51);
    expect(history[0]?.id).toBe(last.task.verdictId);
    expect(history.at(-1)).toMatchObject({ id: first.task.verdictId, at: 2 });
    expect(history.at(-2)?.at).toBe(10);
  });

  it('loses none when many arrive at once', async () => {
    const outcomes = Array.from({ length: 12 }, (_, at) => sampleVerdict(at % 2 ? 'passed' : 'failed', { at }));
    await Promise.all(outcomes.map(verdict => record(verdict, true)));
    expect((await listTaskProgress(test.db, ada, attemptId))[0]?.attempts).toBe(12);
  });
});

describe('a verdict', () => {
  it('opens with its facts, for the learner; others find nothing', async () => {
    const { task } = await record();
    const verdict = await getVerdict(test.db, ada, task.verdictId ?? '');
    expect(verdict).toMatchObject({ learner: { name: 'Ada' }, task: 'start', facts: sampleFacts() });
    expect(verdict.verdict).toEqual(sampleVerdict('failed'));
    const bob = await addUser(test.db, 'Bob');
    await expect(getVerdict(test.db, bob, task.verdictId ?? '')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('has a history, newest first', async () => {
    await record(sampleVerdict('failed', { at: 1 }));
    await record(sampleVerdict('passed', { at: 2 }));
    const history = await listVerdicts(test.db, ada, attemptId, 'start');
    expect(history.map(each => each.outcome)).toEqual(['passed', 'failed']);
  });

  it('is stored with bounded facts, which say what was left out', async () => {
    const events = Array.from({ length: 5_000 }, (_, seq) => ({
      seq,
      at: seq,
      type: 'container',
      action: 'exec_start',
      actor: 'a'.repeat(64),
      attributes: { name: 'x'.repeat(100) },
    }));
    const facts = sampleFacts({ events });
    const { task } = await recordVerdict(test.db, system, {
      attemptId,
      verdict: sampleVerdict('failed'),
      facts,
      counted: false,
    });
    const stored = (await getVerdict(test.db, ada, task.verdictId ?? '')).facts;
    expect(JSON.stringify(stored).length).toBeLessThanOrEqual(256 * 1024);
    expect(stored.events?.at(-1)?.seq).toBe(4_999);
    expect(stored.gaps).toEqual([{ part: 'events', reason: expect.stringMatching(/^\d+ of 5000 left out/) }]);
  });
});

describe('help', () => {
  it('opens hint by hint, no further than there are', async () => {
    const opened = [];
    for (let round = 0; round < 4; round++) opened.push(await openHint(test.db, ada, attemptId, 'start', 2));
    expect(opened).toEqual([1, 2, 2, 2]);
    expect(await test.db.auditEvent.count({ where: { action: 'hint.open' } })).toBe(2);
  });

  it('is noted, and survives verdicts', async () => {
    await openSolution(test.db, ada, attemptId, 'start');
    await openHint(test.db, ada, attemptId, 'start', 2);
    const { task } = await record(sampleVerdict('passed'));
    expect(task).toMatchObject({ solutionOpened: true, hintsOpened: 1, state: 'passed' });
  });

  it("is the learner's own to open", async () => {
    const admin = await addUser(test.db, 'Root', 'admin');
    await expect(openSolution(test.db, admin, attemptId, 'start')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(openHint(test.db, admin, attemptId, 'start', 2)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
