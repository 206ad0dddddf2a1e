import { expect, it } from 'vitest';
import { timeLeftText } from './time-left.ts';

it('rounds down, so that nobody counts on time that is not there', () => {
  expect(timeLeftText(114 * 60_000 + 59_000)).toBe('1 h 54 min');
  expect(timeLeftText(4 * 60_000)).toBe('4 min');
  expect(timeLeftText(59_000)).toBe('less than a minute');
  expect(timeLeftText(-5)).toBe('less than a minute');
});
