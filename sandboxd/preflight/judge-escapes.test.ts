import { describe, expect, it } from 'vitest';
import { escapes } from './escape-probes.ts';
import { systemCalls } from './escapes/system-calls.ts';
import { judgeEscape, judgeSystemCalls, remedies } from './judge-escapes.ts';

const core = escapes.find(({ id }) => id === 'write-core-pattern');
if (!core) throw new Error('no such escape');

describe('an escape', () => {
  it('that was refused is as it should be', () => {
    const seen = 'READ core\nbash: line 2: /tmp/p/sys/kernel/core_pattern: Permission denied';
    expect(judgeEscape(core, seen)).toMatchObject({ verdict: 'ok', remedy: '' });
  });

  it('that succeeded refuses the machine, with what to do', () => {
    const result = judgeEscape(core, 'READ core\nWROTE');
    expect(result).toMatchObject({
      verdict: 'refuse',
      measured: 'succeeded: READ core WROTE',
      remedy: remedies.userns,
    });
  });

  it('that showed something else is told, and one that was cut off refuses', () => {
    expect(judgeEscape(core, 'mount: no such program')).toMatchObject({ verdict: 'warn' });
    expect(judgeEscape(core, undefined)).toMatchObject({ verdict: 'refuse', remedy: remedies.unanswered });
  });
});

it('has escapes with names of their own, none of which holds and bites by the same words', () => {
  expect(new Set(escapes.map(({ id }) => id)).size).toBe(escapes.length);
  for (const { id, held, bites } of escapes) {
    expect(id).toMatch(/^[a-z0-9-]{1,64}$/);
    expect(held.test('') || bites.test(''), id).toBe(false);
  }
});

describe('system calls', () => {
  const answers = (change: Record<string, string> = {}) =>
    systemCalls.map(({ name, errno }) => `${name}|${change[name] ?? errno}|words`).join('\n');

  it('that the filter answers are as they should be', () => {
    expect(judgeSystemCalls(answers())).toMatchObject({ verdict: 'ok' });
  });

  it('that reach the kernel are named', () => {
    const result = judgeSystemCalls(answers({ bpf: '0', kcmp: '22' }));
    expect(result).toMatchObject({ verdict: 'refuse', remedy: remedies.seccomp });
    expect(result.measured).toContain('bpf, kcmp');
  });

  it('that were not all tried count as no answer', () => {
    expect(judgeSystemCalls(undefined)).toMatchObject({ verdict: 'refuse', remedy: remedies.unanswered });
    expect(judgeSystemCalls('bpf|1|words')).toMatchObject({ verdict: 'refuse', remedy: remedies.unanswered });
  });
});
