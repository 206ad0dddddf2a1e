import { expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

it('spells out what cannot be seen or reorders the line', () => {
  expect(visibleText('a\u001b[31mb\u202Ec\u200Bd')).toBe('a\\x1B[31mb\\u{202E}c\\u{200B}d');
});

it('keeps line ends only where lines are shown', () => {
  expect(visibleText('a\nb')).toBe('a\\x0Ab');
  expect(visibleText('a\nb\r', { lines: true })).toBe('a\nb\\x0D');
});

it('leaves markup as the text it is', () => {
  expect(visibleText('<script>alert(1)</script> ö 漢 🐳')).toBe('<script>alert(1)</script> ö 漢 🐳');
});

it('is bounded and says so, and survives a cut through a character', () => {
  expect(visibleText('x'.repeat(5_000))).toHaveLength(2_001);
  expect(visibleText('ab🐳', { max: 3 })).toBe('ab\\u{D83D}…');
});
