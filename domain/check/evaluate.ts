import type { Facts } from '#domain/facts/facts.ts';
import type { Task } from '#domain/lab/lab.ts';
import { outcomeOfAll } from './combine/combine.ts';
import type { Answers, Bindings, CheckContext, Finding } from './kind.ts';
import { checkOrder } from './references.ts';
import { kindOf } from './registry.ts';
import type { CheckSpec } from './spec.ts';
import type { TaskVerdict, Verdict } from './verdict.ts';

export interface Examination {
  now: Facts;
  /** Facts of the moment the step was opened; null when they could not be taken. */
  baseline: Facts | null;
  /** By question id; a question without entry was not answered. `correct` is null while it is not judged. */
  answers: Answers;
}

function evaluateSpec(spec: CheckSpec, context: Omit<CheckContext, 'evaluate'>): Finding {
  const { kind, fields } = kindOf(spec);
  return kind.evaluate(fields, { ...context, evaluate: part => evaluateSpec(part, context) });
}

const CIRCULAR: Finding = {
  outcome: 'unknown',
  expected: 'this check can be evaluated',
  observed: 'it refers to itself in a circle: a mistake in the lab, not yours',
  where: 'the lab',
};

function verdictOf(check: string, finding: Finding, holds: boolean, at: number): Verdict {
  const { outcome, expected, observed, where } = finding;
  return { check, outcome, expected: holds ? `${expected}, as it was from the start` : expected, observed, where, at };
}

/**
 * Evaluates the checks of a task, each after those it refers to, and keeps what they found for questions that refer to
 * them. Pure: the same facts give the same verdict.
 */
export function examineTask(
  task: Pick<Task, 'id' | 'checks'>,
  { now, baseline, answers }: Examination,
): { verdict: TaskVerdict; bindings: Bindings } {
  const specs = new Map(task.checks.map(check => [check.id, check.spec]));
  const { order, circular } = checkOrder(task.checks);
  const bindings: Record<string, Finding> = Object.create(null);
  for (const id of circular) bindings[id] = CIRCULAR;
  for (const id of order) {
    const spec = specs.get(id);
    if (spec) bindings[id] = evaluateSpec(spec, { now, baseline, answers, bindings });
  }
  const checks = task.checks.map(({ id, holds }) => verdictOf(id, bindings[id] ?? CIRCULAR, holds, now.at));
  const outcome = outcomeOfAll(checks.map(check => check.outcome));
  return { verdict: { task: task.id, outcome, checks, at: now.at }, bindings };
}

/** The verdict of {@link examineTask} alone. */
export function evaluateTask(task: Pick<Task, 'id' | 'checks'>, examination: Examination): TaskVerdict {
  return examineTask(task, examination).verdict;
}
