import type { z } from 'zod';
import type { FactNeeds, Facts } from '#domain/facts/facts.ts';
import type { CheckSpec } from './spec.ts';
import type { Outcome } from './verdict.ts';

/** The container (and process) a check found, for checks that say `of: <its id>`. */
export interface Bound {
  container: { id: string; name: string | null } | null;
  process: { pid: number; startTicks: number } | null;
}

/** What a kind says of one spec: a verdict without its id and time. */
export interface Finding {
  outcome: Outcome;
  /** A sentence without full stop, in words the learner knows. */
  expected: string;
  observed: string;
  where: string;
  /** Left out where there is nothing to bind, or where nothing was found. */
  bound?: Bound;
}

/** Earlier findings of the same task, by check id. */
export type Bindings = Readonly<Record<string, Pick<Finding, 'outcome' | 'observed' | 'bound'>>>;

/** What is known of the learner's answers, by question id; a question without entry was not answered. */
export type Answers = Readonly<Record<string, { correct: boolean | null }>>;

export interface CheckContext {
  now: Facts;
  /** Facts of the moment the step was opened; null when they could not be taken. */
  baseline: Facts | null;
  bindings: Bindings;
  answers: Answers;
  /** For kinds that are made of other checks. */
  evaluate: (spec: CheckSpec) => Finding;
}

/** FactNeeds of one spec; events by yes or no, since the position is the baseline's. */
export interface NeedsPart {
  daemon?: boolean;
  containers?: boolean;
  images?: boolean;
  processes?: boolean;
  cgroups?: boolean;
  events?: boolean;
  files?: FactNeeds['files'];
}

/** One kind of check. Pure: facts in, finding out; no clock (times are relative to `now.at`) and no I/O. */
export interface CheckKind<Spec> {
  readonly kind: string;
  readonly spec: z.ZodType<Spec>;
  /** Check ids or container names the spec refers to. */
  references: (spec: Spec) => string[];
  /** @param containerName gives the container's name for a reference (see `of`). */
  needs: (spec: Spec, containerName: (reference: string) => string) => NeedsPart;
  evaluate: (spec: Spec, context: CheckContext) => Finding;
  /** The checks this one is made of (all, any, not). */
  parts?: (spec: Spec) => CheckSpec[];
}
