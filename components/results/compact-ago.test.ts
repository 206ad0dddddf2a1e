import { expect, it } from 'vitest';
import { compactAgo } from './compact-ago.ts';

const now = Date.UTC(2026, 10, 22, 8);

it('is short, and never rounds up', () => {
  expect(compactAgo(now - 59_999, now)).toBe('just now');
  expect(compactAgo(now - 9.9 * 60_000, now)).toBe('9 min ago');
  expect(compactAgo(now - 3.9 * 3_600_000, now)).toBe('3 h ago');
  expect(compactAgo(now - 30 * 3_600_000, now)).toBe('1 day ago');
  expect(compactAgo(now - 12 * 24 * 3_600_000, now)).toBe('12 days ago');
});

it('takes a clock that is ahead for now', () => {
  expect(compactAgo(now + 5_000, now)).toBe('just now');
});
