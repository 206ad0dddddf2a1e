import { describe, expect, it } from 'vitest';
import { isTerminalReport } from './terminal-report.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('isTerminalReport', () => {
  it.each([
    ['cursor position', '\x1b[12;40R'],
    ['primary device attributes', '\x1b[?1;2c'],
    ['secondary device attributes', '\x1b[>0;276;0c'],
    ['mode report', '\x1b[?2004;1$y'],
    ['foreground colour', '\x1b]10;rgb:dbdb/e4e4/eeee\x1b\\'],
    ['status string', '\x1bP1$r0m\x1b\\'],
    ['focus', '\x1b[I'],
    ['two at once', '\x1b[0n\x1b[1;1R'],
  ])('knows a %s', (_name, text) => {
    expect(isTerminalReport(bytes(text))).toBe(true);
  });

  it.each([
    ['a letter', 'a'],
    ['Escape', '\x1b'],
    ['an arrow', '\x1b[A'],
    ['a function key', '\x1bOP'],
    ['a bracketed paste', '\x1b[200~ls\x1b[201~'],
    ['a report with typing after it', '\x1b[1;1Rls\r'],
    ['nothing', ''],
  ])('takes %s for typing', (_name, text) => {
    expect(isTerminalReport(bytes(text))).toBe(false);
  });
});
