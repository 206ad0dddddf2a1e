import { listAnswers } from '#data/answers.ts';
import { getPinnedLab } from '#data/attempt-lab.ts';
import { findBaseline, listSteps } from '#data/attempt-steps.ts';
import { findAttempt } from '#data/attempts.ts';
import type { Db } from '#data/db.ts';
import { system } from '#data/system.ts';
import { listTaskProgress } from '#data/task-progress.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { type Baseline, LiveAttempt } from './live-attempt.ts';

/** Reads one attempt from the database, as it was left by whoever wrote last. */
export async function loadAttempt(db: Db, id: string): Promise<LiveAttempt> {
  const record = await findAttempt(db, system, id);
  if (!record) throw new CodedError('not-found', `no attempt ${id}`);
  const [lab, steps, tasks, answers] = await Promise.all([
    getPinnedLab(db, system, id),
    listSteps(db, system, id),
    listTaskProgress(db, system, id),
    listAnswers(db, system, id),
  ]);
  const baselines: [string, Baseline][] = [];
  const baseline = await findBaseline(db, system, id, record.step);
  if (baseline?.sandboxId) baselines.push([record.step, { sandboxId: baseline.sandboxId, facts: baseline.facts }]);
  return new LiveAttempt({
    record,
    lab,
    stepsOpened: steps.map(step => step.step),
    tasks: tasks.map(({ verdictId: _, ...task }) => task),
    answers: answers.map(({ question, value, correct, tries, feedback, revealed }) => [
      question,
      { value, correct, tries, feedback, revealed },
    ]),
    baselines,
  });
}
