import { expect, it } from 'vitest';
import { InputWriters } from './input-writers.ts';

it('counts each writer by itself, across connections', () => {
  const writers = new InputWriters();
  expect(writers.resume('a', 0)).toBe(0);
  writers.add('a', 5);
  writers.add('b', 1);
  writers.add('a', 2);
  expect(writers.resume('a', 3)).toBe(7);
  expect(writers.resume('b', 0)).toBe(1);
});

it('believes a writer that it does not know, and forgets who was silent the longest', () => {
  const writers = new InputWriters();
  expect(writers.resume('first', 40)).toBe(40);
  for (let n = 0; n < 64; n++) writers.add(`other ${n}`, 1);
  expect(writers.resume('first', 12)).toBe(12);
});
