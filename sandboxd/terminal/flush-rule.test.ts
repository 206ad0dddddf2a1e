import { describe, expect, it } from 'vitest';
import { terminalLimits } from '#domain/protocol/terminal-frames.ts';
import { FlushRule } from './flush-rule.ts';

describe('FlushRule', () => {
  it('sends an echo at once', () => {
    expect(new FlushRule().decide(1, 0)).toBe('now');
  });

  it('gathers what comes in large pieces, until enough is together', () => {
    const rule = new FlushRule();
    expect(rule.decide(terminalLimits.immediateBelow, 0)).toBe('gather');
    expect(rule.decide(terminalLimits.gatherBytes, 0)).toBe('now');
  });

  it('gathers small pieces too while a flood goes on, and no longer', () => {
    const rule = new FlushRule();
    rule.flushed(60_000, 100);
    expect(rule.decide(10, 100 + terminalLimits.floodMs)).toBe('gather');
    expect(rule.decide(10, 101 + terminalLimits.floodMs)).toBe('now');
    rule.flushed(10, 200);
    expect(rule.decide(10, 200)).toBe('now');
  });
});
