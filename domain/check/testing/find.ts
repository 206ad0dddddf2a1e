import type { Examination } from '../evaluate.ts';
import { examineTask } from '../evaluate.ts';
import type { Finding } from '../kind.ts';
import { type CheckSpec, checkSpecSchema } from '../spec.ts';
import { makeFacts } from './make-facts.ts';

/** Evaluates one check, as written in a lab, and gives its finding with what it bound. */
export function find(spec: CheckSpec, examination: Partial<Examination> = {}): Finding {
  const checks = [{ id: 'it', spec: checkSpecSchema.parse(spec), holds: false }];
  const whole = { now: makeFacts(), baseline: null, answers: {}, ...examination };
  const { verdict, bindings } = examineTask({ id: 'task', checks }, whole);
  const [check] = verdict.checks;
  if (!check) throw new Error('the task gave no verdict');
  const { outcome, expected, observed, where } = check;
  const bound = bindings.it?.bound;
  return bound === undefined ? { outcome, expected, observed, where } : { outcome, expected, observed, where, bound };
}

/** `outcome: observed`, for tables. */
export function said(spec: CheckSpec, examination: Partial<Examination> = {}): string {
  const { outcome, observed } = find(spec, examination);
  return `${outcome}: ${observed}`;
}
