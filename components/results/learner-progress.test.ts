import { describe, expect, it } from 'vitest';
import type { ClassRow } from '#domain/protocol/live.ts';
import { classSums, progressState, taskSums } from './learner-progress.ts';

type State = ClassRow['cells'][number]['state'];

const row = (states: State[], change: Partial<ClassRow> = {}): ClassRow => ({
  userId: 'ada',
  name: 'Ada',
  email: 'ada@example.org',
  attemptId: 'a1',
  lastActiveAt: 1,
  finishedAt: null,
  cells: states.map((state, place) => ({
    task: `t${place + 1}`,
    state,
    outcome: state === 'passed' ? 'passed' : 'failed',
    attempts: state === 'open' ? 2 : 0,
    verdictId: 'v',
  })),
  ...change,
});

describe('progressState', () => {
  it('tells who has not begun from who works and who is done', () => {
    expect(progressState(row([], { attemptId: null }))).toBe('not-started');
    expect(progressState(row(['passed']))).toBe('working');
    expect(progressState(row(['open'], { finishedAt: 9 }))).toBe('finished');
  });
});

describe('classSums', () => {
  it('counts what was done once, even if it was undone', () => {
    const rows = [row(['passed', 'undone'], { finishedAt: 3 }), row(['open', 'open'], { attemptId: null })];
    expect(classSums(rows, 2)).toEqual({ learners: 2, started: 1, finished: 1, percentDone: 50 });
  });

  it('says 100 % only when all is done', () => {
    const rows = [...Array.from({ length: 299 }, () => row(['passed'])), row(['open'])];
    expect(classSums(rows, 1).percentDone).toBe(99);
  });

  it('is zero without learners', () => {
    expect(classSums([], 3)).toEqual({ learners: 0, started: 0, finished: 0, percentDone: 0 });
  });
});

it('sums one task over the class', () => {
  const rows = [row(['passed']), row(['undone']), row(['open']), row([])];
  expect(taskSums(rows, 't1')).toEqual({ done: 2, notYet: 1, undone: 1, unknown: 0 });
});
