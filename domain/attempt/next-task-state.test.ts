import { describe, expect, it } from 'vitest';
import type { Outcome, TaskVerdict } from '../check/verdict.ts';
import { nextTaskState, untouchedTask } from './next-task-state.ts';

function verdict(outcome: Outcome, at: number, observed = 'something'): TaskVerdict {
  return {
    task: 't',
    outcome,
    at,
    checks: [{ check: 'c', outcome, expected: 'it runs', observed, where: 'the Docker API', at }],
  };
}

const open = untouchedTask('t');
const passed = nextTaskState(open, verdict('passed', 10)).next;

describe('nextTaskState', () => {
  it('latches the first pass with its time', () => {
    const change = nextTaskState(open, verdict('passed', 10));
    expect(change).toMatchObject({ news: true, turned: true, latched: true, next: { state: 'passed', passedAt: 10 } });
  });

  it('shows done-then-undone, keeps the first pass, and comes back', () => {
    const undone = nextTaskState(passed, verdict('failed', 20)).next;
    expect(undone).toMatchObject({ state: 'undone', passedAt: 10 });
    const back = nextTaskState(undone, verdict('passed', 30));
    expect(back).toMatchObject({ latched: false, next: { state: 'passed', passedAt: 10 } });
  });

  it('never lets unknown overwrite what was seen', () => {
    expect(nextTaskState(passed, verdict('unknown', 20))).toEqual({
      next: passed,
      news: false,
      turned: false,
      latched: false,
    });
    const failed = nextTaskState(open, verdict('failed', 5)).next;
    expect(nextTaskState(failed, verdict('unknown', 6)).next).toBe(failed);
  });

  it('shows unknown where nothing was seen before', () => {
    const change = nextTaskState(open, verdict('unknown', 5));
    expect(change).toMatchObject({ news: true, next: { state: 'open', verdict: { outcome: 'unknown' } } });
    expect(nextTaskState(change.next, verdict('unknown', 6, 'another reason')).news).toBe(true);
  });

  it('does not call a growing age news', () => {
    const before = nextTaskState(open, verdict('failed', 5, 'exited with code 1, 4 s ago')).next;
    expect(nextTaskState(before, verdict('failed', 6, 'exited with code 1, 6 s ago')).news).toBe(false);
    const other = nextTaskState(before, verdict('failed', 6, 'exited with code 2, 1 s ago'));
    expect(other).toMatchObject({ news: true, turned: false });
  });
});
