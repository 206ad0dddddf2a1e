import type { TaskVerdict, Verdict } from '../check/verdict.ts';
import type { TaskState } from './attempt.ts';

/** What a new look at a task leads to. */
export interface TaskChange {
  next: TaskState;
  /** It says something that the page does not know yet. */
  news: boolean;
  /** The state or an outcome changed, not only a text: worth a record of its own. */
  turned: boolean;
  /** Passed for the first time. */
  latched: boolean;
}

/** A relative time in a sentence grows by itself: that is no news. */
const withoutAge = (text: string) => text.replace(/\b\d+(\.\d+)? ?(ms|s|min|h|d)( ago)?\b/g, '#');

function sameWords(a: Verdict, b: Verdict | undefined): boolean {
  return (
    b !== undefined &&
    a.check === b.check &&
    a.outcome === b.outcome &&
    withoutAge(a.observed) === withoutAge(b.observed) &&
    withoutAge(a.expected) === withoutAge(b.expected) &&
    a.where === b.where
  );
}

function sameOutcomes(a: TaskVerdict, b: TaskVerdict): boolean {
  return a.outcome === b.outcome && a.checks.every((check, i) => check.outcome === b.checks[i]?.outcome);
}

/** A task nobody has looked at yet. */
export function untouchedTask(task: string): TaskState {
  return { task, state: 'open', passedAt: null, attempts: 0, hintsOpened: 0, solutionOpened: false, verdict: null };
}

/**
 * Folds a verdict into the state of its task. A pass latches: afterwards a failed look shows `undone`, and a passed one
 * brings it back. `unknown` changes neither the state nor what a pass has shown, only an open task's verdict.
 */
export function nextTaskState(before: TaskState, verdict: TaskVerdict): TaskChange {
  const unseen = verdict.outcome === 'unknown' && before.verdict !== null;
  if (unseen && before.verdict?.outcome !== 'unknown') {
    return { next: before, news: false, turned: false, latched: false };
  }
  const latched = verdict.outcome === 'passed' && before.passedAt === null;
  const state =
    verdict.outcome === 'unknown'
      ? before.state
      : verdict.outcome === 'passed'
        ? 'passed'
        : before.passedAt === null
          ? 'open'
          : 'undone';
  const turned = state !== before.state || before.verdict === null || !sameOutcomes(verdict, before.verdict);
  const known = before.verdict?.checks ?? [];
  const news =
    turned || verdict.checks.length !== known.length || !verdict.checks.every((check, i) => sameWords(check, known[i]));
  const next: TaskState = { ...before, state, passedAt: latched ? verdict.at : before.passedAt, verdict };
  return { next, news, turned, latched };
}
