import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from './edit-distance.ts';

it.each([
  ['web', 'web', 0],
  ['web', 'wbe', 1],
  ['web', 'webb', 1],
  ['web', 'wb', 1],
  ['nginx', 'ngnix', 1],
  ['nginx', 'nigxn', 2],
  ['web', 'database', 3],
  ['', 'ab', 2],
])('from %s to %s: %d', (a, b, distance) => {
  expect(editDistance(a, b, 2)).toBe(distance);
});

it('is the same both ways, and one edit is at most one', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, fc.nat(12), (a, b, position) => {
      expect(editDistance(a, b, 3)).toBe(editDistance(b, a, 3));
      expect(editDistance(a, `${a.slice(0, position)}${a.slice(position + 1)}`, 3)).toBeLessThanOrEqual(1);
    }),
  );
});

it('gives up on what is far too long', () => {
  expect(editDistance('a'.repeat(100_000), 'b'.repeat(100_000), 2)).toBe(3);
});
