import { describe, expect, it } from 'vitest';
import type { QuestionState } from '#domain/attempt/attempt.ts';
import { questionLook } from './question-look.ts';

const state: QuestionState = {
  question: 'q',
  value: [0],
  correct: null,
  tries: 1,
  feedback: null,
  why: null,
  revealed: null,
};

describe('questionLook', () => {
  it('tells a committed prediction from an answer that could not be judged', () => {
    expect(questionLook({ predict: true }, state).words).toBe('Committed');
    expect(questionLook({ predict: false }, state).words).toBe('Could not be judged');
  });

  it('does not call a wrong prediction failed', () => {
    expect(questionLook({ predict: true }, { ...state, correct: false }).tone).toBe('undone');
    expect(questionLook({ predict: false }, { ...state, correct: false }).tone).toBe('failed');
  });

  it('is open until answered', () => {
    expect(questionLook({ predict: false }, undefined).tone).toBe('open');
    expect(questionLook({ predict: true }, { ...state, value: null }).words).toBe('Your guess');
  });
});
