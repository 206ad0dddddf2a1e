import type { Outcome, TaskVerdict } from '../check/verdict.ts';
import type { TaskState } from './attempt.ts';

/**
 * The state of a task after a verdict. A passed task latches: failed later, it is undone (and still counts as passed);
 * unknown changes nothing.
 */
export function nextTaskState(state: TaskState['state'], outcome: Outcome): TaskState['state'] {
  if (outcome === 'unknown') return state;
  if (outcome === 'passed') return 'passed';
  return state === 'open' ? 'open' : 'undone';
}

/** Whether a verdict says something that the one before did not: another outcome, or something else observed. */
export function saysSomethingNew(before: TaskVerdict | null, after: TaskVerdict): boolean {
  if (before === null || before.outcome !== after.outcome || before.checks.length !== after.checks.length) return true;
  return after.checks.some((check, index) => {
    const old = before.checks[index];
    return old?.check !== check.check || old.outcome !== check.outcome || old.observed !== check.observed;
  });
}
