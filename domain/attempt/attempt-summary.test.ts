import { describe, expect, it } from 'vitest';
import type { PublicLab, PublicQuestion } from '../lab/public-lab.ts';
import type { AttemptView, QuestionState } from './attempt.ts';
import { summariseAttempt } from './attempt-summary.ts';
import { untouchedTask } from './next-task-state.ts';

const asked = (id: string, predict: boolean): PublicQuestion => ({
  id,
  kind: 'text',
  ask: '?',
  predict,
  choices: [],
  unit: null,
  revealedBy: null,
});
const said = (id: string, correct: boolean | null, value: string | null = 'x'): QuestionState => ({
  question: id,
  value,
  correct,
  tries: value === null ? 0 : 1,
  feedback: null,
  why: null,
  revealed: null,
});

const lab = {
  steps: [
    { questions: [asked('p1', true), asked('p2', true), asked('p3', true), asked('p4', true)] },
    { questions: [asked('q1', false), asked('q2', false)] },
  ],
} as PublicLab;

const attempt = {
  startedAt: 1_000,
  finishedAt: 61_000,
  tasks: [
    { ...untouchedTask('a'), state: 'passed', passedAt: 5, attempts: 2, hintsOpened: 1 },
    { ...untouchedTask('b'), state: 'undone', passedAt: 6, solutionOpened: true },
    { ...untouchedTask('c'), attempts: 1 },
  ],
  questions: [
    said('p1', true),
    said('p2', false),
    said('p3', null),
    said('p4', null, null),
    said('q1', true),
    said('q2', false),
  ],
} as AttemptView;

describe('summariseAttempt', () => {
  it('counts what passed once, undone or not', () => {
    expect(summariseAttempt(lab, attempt)).toEqual({
      tasks: { passed: 2, total: 3 },
      failedChecks: 3,
      hints: 1,
      solutions: 1,
      predictions: { right: 1, wrong: 1, open: 1, total: 4 },
      questions: { right: 1, total: 2 },
      tookMs: 60_000,
    });
  });

  it('has no duration while it goes on', () => {
    expect(summariseAttempt(lab, { ...attempt, finishedAt: null }).tookMs).toBeNull();
  });
});
