import type { PublicLab } from '../lab/public-lab.ts';
import type { AttemptView } from './attempt.ts';

export interface AttemptSummary {
  tasks: { passed: number; total: number };
  /** "Check now" that ended in failed. */
  failedChecks: number;
  hints: number;
  solutions: number;
  /** Guesses made before looking; `open`: made, but never resolved. */
  predictions: { right: number; wrong: number; open: number; total: number };
  /** Questions that are no predictions. */
  questions: { right: number; total: number };
  /** From the start to the end; null while it goes on. */
  tookMs: number | null;
}

/** What an attempt came to, from what its page knows anyway. */
export function summariseAttempt(lab: PublicLab, attempt: AttemptView): AttemptSummary {
  const tasks = attempt.tasks;
  const sum = (of: (task: (typeof tasks)[number]) => number) => tasks.reduce((all, task) => all + of(task), 0);
  const questions = lab.steps.flatMap(step => step.questions);
  const stateOf = (id: string) => attempt.questions.find(one => one.question === id);
  const predictions = questions.filter(one => one.predict).map(one => stateOf(one.id));
  const plain = questions.filter(one => !one.predict).map(one => stateOf(one.id));
  return {
    tasks: { passed: tasks.filter(task => task.passedAt !== null).length, total: tasks.length },
    failedChecks: sum(task => task.attempts),
    hints: sum(task => task.hintsOpened),
    solutions: tasks.filter(task => task.solutionOpened).length,
    predictions: {
      right: predictions.filter(one => one?.correct === true).length,
      wrong: predictions.filter(one => one?.correct === false).length,
      open: predictions.filter(one => one && one.value !== null && one.correct === null).length,
      total: predictions.length,
    },
    questions: { right: plain.filter(one => one?.correct === true).length, total: plain.length },
    tookMs: attempt.finishedAt === null ? null : attempt.finishedAt - attempt.startedAt,
  };
}
