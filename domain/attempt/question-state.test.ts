import { describe, expect, it } from 'vitest';
import type { Question } from '../lab/lab.ts';
import { attemptLimits } from './attempt-limits.ts';
import { type KeptAnswer, toQuestionState } from './question-state.ts';

const question: Question = {
  id: 'q',
  ask: '?',
  predict: false,
  why: 'because',
  reveal: null,
  kind: 'single',
  choices: [
    { text: 'a', correct: true },
    { text: 'b', correct: false },
  ],
};
const prediction: Question = { ...question, predict: true, reveal: { after: 't', fact: null } };
const wrong: KeptAnswer = { value: [1], correct: false, tries: 1, feedback: 'no', revealed: null };

describe('toQuestionState', () => {
  it('keeps the explanation until it is due', () => {
    expect(toQuestionState(question, null)).toMatchObject({ value: null, why: null, tries: 0 });
    expect(toQuestionState(question, wrong).why).toBeNull();
    expect(toQuestionState(question, { ...wrong, tries: attemptLimits.triesBeforeWhy }).why).toBe('because');
    expect(toQuestionState(question, { ...wrong, correct: true }).why).toBe('because');
  });

  it('keeps the explanation of a prediction until its reveal', () => {
    const committed = { ...wrong, correct: null, feedback: null, tries: 9 };
    expect(toQuestionState(prediction, committed).why).toBeNull();
    expect(toQuestionState(prediction, { ...committed, revealed: 'PID 1 (tini)' }).why).toBe('because');
    expect(toQuestionState(prediction, { ...committed, correct: false }).why).toBe('because');
  });
});
