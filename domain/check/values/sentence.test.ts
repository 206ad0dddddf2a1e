import { expect, it } from 'vitest';
import { countOf, joinAnd, joinSome } from './sentence.ts';

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('joins %j to "%s"', (parts, text) => {
  expect(joinAnd(parts)).toBe(text);
});

it('names a few of many', () => {
  expect(joinSome(['a', 'b', 'c'])).toBe('a, b and c');
  expect(joinSome(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});

it.each([
  [0, 'container', 'no container'],
  [1, 'process', '1 process'],
  [2, 'process', '2 processes'],
  [2, 'container', '2 containers'],
])('%d %s is "%s"', (count, noun, text) => {
  expect(countOf(count, noun)).toBe(text);
});
