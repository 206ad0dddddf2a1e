import type { Range } from '../spec-fields.ts';
import type { Outcome } from '../verdict.ts';
import { pluralFor } from './sentence.ts';

/** Both ends of a range; an open upper end is Infinity. */
export function rangeBounds(range: Range): { min: number; max: number } {
  if (typeof range === 'number') return { min: range, max: range };
  return { min: range.min ?? 0, max: range.max ?? Number.POSITIVE_INFINITY };
}

/**
 * Judges a count that is known only to lie between `least` and `most` (a truncated list, an unknown condition):
 * passed or failed only where every possible count says so.
 */
export function judgeCount(least: number, most: number, range: Range): Outcome {
  const { min, max } = rangeBounds(range);
  if (least >= min && most <= max) return 'passed';
  return most < min || least > max ? 'failed' : 'unknown';
}

/** `3`, `at least 1`, `at most 2`, `1 to 3`. */
export function showRange(range: Range): string {
  const { min, max } = rangeBounds(range);
  if (min === max) return `${min}`;
  if (max === Number.POSITIVE_INFINITY) return `at least ${min}`;
  return min === 0 ? `at most ${max}` : `${min} to ${max}`;
}

/** `2 processes`, `at least 1 process`, `1 to 3 times`. */
export function showRangeOf(range: Range, noun: string): string {
  const { min, max } = rangeBounds(range);
  return `${showRange(range)} ${pluralFor(max === Number.POSITIVE_INFINITY ? min : max, noun)}`;
}
