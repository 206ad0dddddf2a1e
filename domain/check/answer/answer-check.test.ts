import { expect, it } from 'vitest';
import { find, said } from '../testing/find.ts';

it.each([
  [undefined, {}, 'failed: question `q` is not answered yet'],
  [undefined, { q: { correct: true } }, 'passed: question `q` is answered rightly'],
  [undefined, { q: { correct: false } }, 'failed: question `q` is answered, but not rightly'],
  [undefined, { q: { correct: null } }, 'unknown: question `q` is answered, but not judged yet'],
  [false, { q: { correct: false } }, 'passed: question `q` is answered'],
  [false, {}, 'failed: question `q` is not answered yet'],
])('correct: %s, answers %j', (correct, answers, expected) => {
  const answer = correct === undefined ? { question: 'q' } : { question: 'q', correct };
  expect(said({ answer }, { answers })).toBe(expected);
});

it('does not take what every object has for an answer', () => {
  expect(find({ answer: { question: 'constructor' } }).outcome).toBe('failed');
});
