import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLogLine, loggedError, MAX_LOGGED_CHARS } from './log-line.ts';

describe('a log line', () => {
  it('spells out what would act on a terminal or reorder text, and stays the same value', () => {
    const value = { name: 'a\u001b[2J\u009b31m\u202egpj.exe\u2028\u007f\u200b\u{e0041}é漢😀' };
    const line = fitLogLine(JSON.stringify(value));
    expect(JSON.parse(line)).toEqual(value);
    expect(line).toContain('é漢😀');
    for (const hidden of ['\u001b', '\u009b', '\u202e', '\u2028', '\u007f', '\u200b', '\u{e0041}'])
      expect(line).not.toContain(hidden);
  });

  it('reads as the same value whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(JSON.parse(fitLogLine(JSON.stringify({ text })))).toEqual({ text });
      }),
    );
  });

  it('has no secret, wherever it stands', () => {
    const line = JSON.stringify({ err: { message: 'GET http://x/?t=s3cret-s3cret failed' }, token: 's3cret-s3cret' });
    expect(fitLogLine(line, ['s3cret-s3cret'])).not.toContain('s3cret');
  });
});

describe('a logged error', () => {
  it('says what, where and why, with its causes', () => {
    const error = Object.assign(new TypeError('outer', { cause: new Error('inner') }), { code: 'conflict' });
    expect(loggedError(error)).toMatchObject({
      type: 'TypeError',
      message: 'outer',
      code: 'conflict',
      stack: expect.stringContaining('log-line.test'),
      cause: { message: 'inner' },
    });
    expect(loggedError('a word')).toBe('a word');
  });

  it('is bounded, also when it is its own cause', () => {
    const error = new Error('x'.repeat(1_000_000));
    error.cause = error;
    expect(JSON.stringify(loggedError(error)).length).toBeLessThan(10 * MAX_LOGGED_CHARS);
  });
});
