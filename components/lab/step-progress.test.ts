import { describe, expect, it } from 'vitest';
import type { AttemptView, QuestionState } from '#domain/attempt/attempt.ts';
import { untouchedTask } from '#domain/attempt/next-task-state.ts';
import type { PublicLab, PublicQuestion } from '#domain/lab/public-lab.ts';
import { openCount, stepProgress } from './step-progress.ts';

const question = (id: string, predict: boolean): PublicQuestion => ({
  id,
  kind: 'text',
  ask: '?',
  predict,
  choices: [],
  unit: null,
  revealedBy: null,
});
const answer = (id: string, correct: boolean | null): QuestionState => ({
  question: id,
  value: 'x',
  correct,
  tries: 1,
  feedback: null,
  why: null,
  revealed: null,
});
const task = (id: string) => ({ id, goal: 'do', checks: ['c'], hints: 0 });

const lab = {
  steps: [
    { slug: 'one', title: 'One', body: '', tasks: [task('t1'), task('t2')], questions: [question('guess', true)] },
    { slug: 'two', title: 'Two', body: '', tasks: [], questions: [question('plain', false)] },
  ],
} as unknown as PublicLab;

const attempt = {
  stepsOpened: ['one'],
  tasks: [{ ...untouchedTask('t1'), state: 'undone', passedAt: 3 }, untouchedTask('t2')],
  questions: [answer('guess', false), answer('plain', false)],
} as unknown as AttemptView;

describe('stepProgress', () => {
  it('counts what passed once, and a prediction as soon as it is made', () => {
    expect(stepProgress(lab, attempt)).toEqual([
      { slug: 'one', title: 'One', done: 2, total: 3, opened: true },
      { slug: 'two', title: 'Two', done: 0, total: 1, opened: false },
    ]);
    expect(openCount(stepProgress(lab, attempt))).toBe(2);
  });
});
