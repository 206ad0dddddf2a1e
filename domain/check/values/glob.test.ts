import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from './glob.ts';

describe('matchesGlob', () => {
  it.each([
    ['web-*', 'web-1', true],
    ['web-*', 'web-', true],
    ['web-*', 'my-web-1', false],
    ['*web*', 'my-web-1', true],
    ['w?b', 'wib', true],
    ['w?b', 'wb', false],
    ['', '', true],
    ['*', '', true],
    ['a.c', 'abc', false],
    ['26.*', '26.1.5', true],
  ])('%s and %s: %s', (pattern, text, matches) => {
    expect(matchesGlob(pattern, text)).toBe(matches);
  });

  it('agrees with the regular expression that says the same', () => {
    const piece = fc.constantFrom('a', 'b', '*', '?');
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }).map(parts => parts.join(''));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), text, (pieces, candidate) => {
        const source = pieces.map(one => (one === '*' ? '.*' : one === '?' ? '.' : one)).join('');
        expect(matchesGlob(pieces.join(''), candidate)).toBe(new RegExp(`^${source}$`).test(candidate));
      }),
    );
  });

  it('does not explode where a regular expression would', () => {
    const started = performance.now();
    expect(matchesGlob(`${'a*'.repeat(60)}b`, 'a'.repeat(20_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
