import { describe, expect, it } from 'vitest';
import type { Question } from '../lab/lab.ts';
import { fitsQuestion, judgeAnswer } from './judge-answer.ts';

const base = { id: 'q', ask: '?', predict: false, why: 'because', reveal: null };
const choices = [
  { text: 'dockerd', correct: false },
  { text: 'PID 1', correct: true },
  { text: 'containerd', correct: false },
];
const single: Question = { ...base, kind: 'single', choices };
const multiple: Question = { ...base, kind: 'multiple', choices: [...choices, { text: 'the shim', correct: true }] };
const number: Question = { ...base, kind: 'number', value: 64, tolerance: 1, unit: 'MiB' };
const text: Question = { ...base, kind: 'text', accept: ['containerd-shim-runc-v2', 'the shim'] };
const live: Question = { ...base, kind: 'live', answer: {} as never };

describe('fitsQuestion', () => {
  it('takes choices by index, within bounds, each once', () => {
    expect(fitsQuestion(single, [1])).toBe(true);
    expect(fitsQuestion(single, [1, 2])).toBe(false);
    expect(fitsQuestion(single, [3])).toBe(false);
    expect(fitsQuestion(multiple, [0, 0])).toBe(false);
    expect(fitsQuestion(multiple, [])).toBe(false);
    expect(fitsQuestion(single, 'PID 1')).toBe(false);
  });

  it('takes numbers as numbers and texts that say something', () => {
    expect(fitsQuestion(number, 64)).toBe(true);
    expect(fitsQuestion(number, Number.NaN)).toBe(false);
    expect(fitsQuestion(number, '64')).toBe(false);
    expect(fitsQuestion(text, '  ')).toBe(false);
    expect(fitsQuestion(live, 412)).toBe(true);
  });
});

describe('judgeAnswer', () => {
  it('names the wrong choice without giving the right one away', () => {
    expect(judgeAnswer(single, [1])).toEqual({ correct: true, feedback: null });
    const { correct, feedback } = judgeAnswer(single, [0]);
    expect(correct).toBe(false);
    expect(feedback).toContain('dockerd');
    expect(feedback).not.toContain('PID 1');
  });

  it('says how far off several choices are', () => {
    expect(judgeAnswer(multiple, [3, 1]).correct).toBe(true);
    expect(judgeAnswer(multiple, [1]).feedback).toBe('What you chose is right, but one is missing.');
    expect(judgeAnswer(multiple, [0, 1, 3]).feedback).toBe('All right ones are among yours, but 1 too many is chosen.');
    expect(judgeAnswer(multiple, [0, 2]).feedback).toBe('2 of your choices do not belong, and 2 are missing.');
  });

  it('takes a number within its tolerance, else says in which direction', () => {
    expect(judgeAnswer(number, 65).correct).toBe(true);
    expect(judgeAnswer(number, 66).feedback).toBe('66 MiB is too high.');
    expect(judgeAnswer(number, 10).feedback).toBe('10 MiB is too low.');
  });

  it('does not mind capitals and blanks in a text', () => {
    expect(judgeAnswer(text, '  The   SHIM ').correct).toBe(true);
    expect(judgeAnswer(text, 'runc').correct).toBe(false);
  });

  it('judges a live answer by what the sandbox showed', () => {
    const fact = { known: true, value: 412, shown: '412' } as const;
    expect(judgeAnswer(live, '412', fact).correct).toBe(true);
    expect(judgeAnswer(live, 412, fact).correct).toBe(true);
    const { correct, feedback } = judgeAnswer(live, '7', fact);
    expect(correct).toBe(false);
    expect(feedback).not.toContain('412');
  });

  it('never calls an answer wrong that it could not judge', () => {
    const { correct, feedback } = judgeAnswer(live, '7', { known: false, reason: 'the daemon does not answer' });
    expect(correct).toBeNull();
    expect(feedback).toContain('the daemon does not answer.');
  });
});
