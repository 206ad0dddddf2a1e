import { examineTask } from '#domain/check/evaluate.ts';
import { readFact } from '#domain/check/fact-query.ts';
import { mergeNeeds, needsOf, needsOfQuery } from '#domain/check/needs.ts';
import type { FactQuery } from '#domain/check/spec.ts';
import type { TaskVerdict } from '#domain/check/verdict.ts';
import type { Step, Task } from '#domain/lab/lab.ts';
import type { ProofSandbox } from './proof-sandbox.ts';

/** Looks at a sandbox as the platform does while this step is open. */
export interface StepLook {
  task(task: Task): Promise<TaskVerdict>;
  /** What a live question or a reveal would show now. */
  fact(
    query: FactQuery,
  ): Promise<{ known: true; value: string | number; shown: string } | { known: false; reason: string }>;
}

/** Opens the step: takes its baseline. Questions are taken as not answered. */
export async function openStep(sandbox: ProofSandbox, step: Step): Promise<StepLook> {
  const baseline = await sandbox.facts(needsOf(step.tasks, { baselineSeq: null }));
  const since = { baselineSeq: baseline.seq };
  return {
    async task(task) {
      const now = await sandbox.facts(needsOf([task], since));
      return examineTask(task, { now, baseline, answers: {} }).verdict;
    },
    async fact(query) {
      const needs = mergeNeeds(needsOf(step.tasks, since), needsOfQuery(query, step.tasks, since));
      const now = await sandbox.facts(needs);
      const bindings = Object.assign(
        {},
        ...step.tasks.map(task => examineTask(task, { now, baseline, answers: {} }).bindings),
      );
      return readFact(query, now, bindings, baseline);
    },
  };
}
