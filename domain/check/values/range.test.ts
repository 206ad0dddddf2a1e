import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeCount, rangeBounds, showRange, showRangeOf } from './range.ts';

it.each([
  [3, '3', '3 processes'],
  [1, '1', '1 process'],
  [{ min: 1 }, 'at least 1', 'at least 1 process'],
  [{ max: 2 }, 'at most 2', 'at most 2 processes'],
  [{ min: 1, max: 3 }, '1 to 3', '1 to 3 processes'],
])('%j is shown as %s', (range, text, withNoun) => {
  expect(showRange(range)).toBe(text);
  expect(showRangeOf(range, 'process')).toBe(withNoun);
});

describe('judgeCount', () => {
  it('is sure exactly where every possible count says the same', () => {
    const small = fc.nat(6);
    fc.assert(
      fc.property(small, small, small, small, (least, spread, min, width) => {
        const range = { min, max: min + width };
        const { min: from, max: to } = rangeBounds(range);
        const possible = Array.from({ length: spread + 1 }, (_, more) => least + more);
        const fits = new Set(possible.map(count => count >= from && count <= to));
        const expected = fits.size === 2 ? 'unknown' : fits.has(true) ? 'passed' : 'failed';
        expect(judgeCount(least, least + spread, range)).toBe(expected);
      }),
    );
  });

  it('never calls a count within an upper bound while more may be hidden', () => {
    expect(judgeCount(0, Number.POSITIVE_INFINITY, { max: 0 })).toBe('unknown');
    expect(judgeCount(1, Number.POSITIVE_INFINITY, { max: 0 })).toBe('failed');
    expect(judgeCount(1, Number.POSITIVE_INFINITY, { min: 1 })).toBe('passed');
  });
});
