import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted, quoteLearnerText } from './quote-learner-text.ts';
import { anyText } from './testing/any-text.ts';

describe('quoteLearnerText', () => {
  it.each([
    ['web', 'web'],
    ['naïve – 日本語 ✓', 'naïve – 日本語 ✓'],
    ['a\nb\tc', 'a\\nb\\tc'],
    ['\u001B[31mred', '\\x1B[31mred'],
    ['\u0000\u007F\u0085', '\\x00\\x7F\\x85'],
    ['abc\u202Etxt.exe', 'abc\\u{202E}txt.exe'],
    ['a\u200Bb\uFEFF', 'a\\u{200B}b\\u{FEFF}'],
    ['\u{E0041}', '\\u{E0041}'],
    ['\uD800', '\\u{D800}'],
    ['a`b\\n', 'a\\x60b\\\\n'],
    ['<b>&amp;', '<b>&amp;'],
  ])('%j becomes %j', (text, expected) => {
    expect(quoteLearnerText(text)).toBe(expected);
  });

  it('is cut after 80 characters', () => {
    expect(quoteLearnerText('a'.repeat(80))).toBe('a'.repeat(80));
    expect(quoteLearnerText('a'.repeat(81))).toBe(`${'a'.repeat(80)}…`);
    expect(quoteLearnerText('\n'.repeat(1_000_000))).toBe(`${'\\n'.repeat(40)}…`);
    expect([...quoteLearnerText('😀'.repeat(200))]).toHaveLength(81);
  });

  it('never lets through what cannot be seen, nor a backtick, nor more than 80 characters and the ellipsis', () => {
    fc.assert(
      fc.property(anyText(120), text => {
        const shown = quoteLearnerText(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`]/u);
        expect([...shown].length).toBeLessThanOrEqual(81);
      }),
    );
  });

  it('keeps different short texts different', () => {
    const short = anyText(9);
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(quoteLearnerText(a) === quoteLearnerText(b)).toBe(a === b);
      }),
    );
  });

  it('is put between backticks', () => {
    expect(quoted('a`b')).toBe('`a\\x60b`');
  });
});
