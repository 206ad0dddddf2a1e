import { describe, expect, it } from 'vitest';
import { type Condition, judge, met, select, unmet, unseen } from './conditions.ts';

const even: Condition<number> = { demands: 'is even', test: n => (n % 2 === 0 ? met : unmet(`${n} is odd`)) };
const small: Condition<number> = { demands: 'is small', test: n => (n < 10 ? met : unmet(`${n} is large`)) };
/** Nobody can see whether a multiple of five is lucky. */
const lucky: Condition<number> = { demands: 'is lucky', test: n => (n % 5 === 0 ? unseen(`${n} is hidden`) : met) };

describe('select', () => {
  it('keeps what meets every condition', () => {
    expect(select([1, 2, 4, 12], [even, small], {}, true)).toMatchObject({ outcome: 'passed', matches: [2, 4] });
  });

  it('names the candidate that fails least', () => {
    const { outcome, nearest } = select([11, 13, 3], [even, small], {}, true);
    expect([outcome, nearest]).toEqual(['failed', { candidate: 3, said: ['3 is odd'], failures: 1 }]);
  });

  it.each([
    ['one that may fit', [5], {}, 'unknown'],
    ['one that fits beside one that may', [2, 5], {}, 'passed'],
    ['one that may fit, where none should', [5], { absent: true }, 'unknown'],
    ['one that fits, where none should', [2], { absent: true }, 'failed'],
    ['none', [], { absent: true }, 'passed'],
    ['a count that may be reached', [2, 5], { count: 2 }, 'unknown'],
    ['a count that cannot be reached', [2], { count: 2 }, 'failed'],
    ['a count passed already', [2, 4, 5], { count: 1 }, 'failed'],
  ] as const)('%s: %j %j is %s', (_, candidates, wanted, outcome) => {
    expect(select(candidates, [lucky], wanted, true).outcome).toBe(outcome);
  });

  it('is not sure of none, nor of at most, while some may be hidden', () => {
    expect(select([], [even], {}, false).outcome).toBe('unknown');
    expect(select([], [even], { absent: true }, false).outcome).toBe('unknown');
    expect(select([2], [even], { count: 1 }, false).outcome).toBe('unknown');
    expect(select([2], [even], {}, false).outcome).toBe('passed');
  });
});

describe('judge', () => {
  it.each([
    [4, 'passed', []],
    [13, 'failed', ['13 is odd', '13 is large']],
    [15, 'failed', ['15 is odd', '15 is large']],
    [0, 'unknown', ['0 is hidden']],
  ] as const)('%d is %s', (candidate, outcome, said) => {
    expect(judge(candidate, [even, small, lucky])).toEqual({ outcome, said });
  });
});
