import type { Finding } from '../kind.ts';
import { joinAnd } from '../values/sentence.ts';
import type { Outcome } from '../verdict.ts';

/** Three-valued "and": one failed decides; else one unknown leaves it open. */
export function outcomeOfAll(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('failed')) return 'failed';
  return outcomes.includes('unknown') ? 'unknown' : 'passed';
}

/** Three-valued "or": one passed decides; else one unknown leaves it open. */
export function outcomeOfAny(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('passed')) return 'passed';
  return outcomes.includes('unknown') ? 'unknown' : 'failed';
}

/** Three-valued "not": unknown stays unknown. */
export function outcomeOfNot(outcome: Outcome): Outcome {
  return outcome === 'unknown' ? 'unknown' : outcome === 'passed' ? 'failed' : 'passed';
}

/** The finding of a combination: what it observed is what those parts observed that decided it. */
export function combine(outcome: Outcome, expected: string, deciding: readonly Finding[]): Finding {
  const said = [...new Set(deciding.map(finding => finding.observed))];
  const where = [...new Set(deciding.map(finding => finding.where))];
  const bound = deciding.find(finding => finding.bound)?.bound;
  const finding = { outcome, expected, observed: said.join('; '), where: joinAnd(where) };
  return bound === undefined ? finding : { ...finding, bound };
}
