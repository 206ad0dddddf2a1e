import { expect, it } from 'vitest';
import { showAgo, showDuration } from './duration.ts';

it.each([
  [0, '0 ms'],
  [-5, '0 ms'],
  [400, '400 ms'],
  [4_900, '4 s'],
  [119_000, '119 s'],
  [121_000, '2 min'],
  [7_200_000, '2 h'],
  [5 * 86_400_000, '5 days'],
])('%d ms is %s', (milliseconds, text) => {
  expect(showDuration(milliseconds)).toBe(text);
});

it.each([
  [10_000, 6_000, '4 s ago'],
  [10_000, 9_500, 'just now'],
  [10_000, 12_000, 'just now'],
])('at %d, %d was %s', (at, then, text) => {
  expect(showAgo(at, then)).toBe(text);
});
