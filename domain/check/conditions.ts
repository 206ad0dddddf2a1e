import { outcomeOfAll } from './combine/combine.ts';
import type { Range } from './spec-fields.ts';
import { judgeCount } from './values/range.ts';
import type { Outcome } from './verdict.ts';

/** What a condition says of one candidate: `said` continues a sentence whose subject is the candidate. */
export type Tested = { ok: true } | { ok: false; said: string } | { ok: null; said: string };

export const met: Tested = { ok: true };
export const unmet = (said: string): Tested => ({ ok: false, said });
export const unseen = (said: string): Tested => ({ ok: null, said });

/** One thing demanded of a candidate; `demands` continues a sentence as well: "is running". */
export interface Condition<T> {
  demands: string;
  test: (candidate: T) => Tested;
}

export interface Selection<T> {
  outcome: Outcome;
  /** Meet every condition. */
  matches: T[];
  /** The candidate that fails the fewest conditions (or leaves some open), and how it does. */
  nearest: { candidate: T; said: string[] } | null;
}

/**
 * Counts the candidates that meet every condition and judges the count.
 * @param whole false when there may be candidates that were not seen.
 */
export function select<T>(
  candidates: readonly T[],
  conditions: readonly Condition<T>[],
  wanted: { absent?: true; count?: Range },
  whole: boolean,
): Selection<T> {
  const matches: T[] = [];
  let open = 0;
  let nearest: { candidate: T; said: string[]; failures: number } | null = null;
  for (const candidate of candidates) {
    const results = conditions.map(condition => condition.test(candidate)).filter(result => result.ok !== true);
    const failed = results.filter(result => result.ok === false);
    if (results.length === 0) {
      matches.push(candidate);
      continue;
    }
    if (failed.length === 0) open += 1;
    if (nearest === null || failed.length < nearest.failures) {
      const said = (failed.length > 0 ? failed : results).map(result => result.said);
      nearest = { candidate, said, failures: failed.length };
    }
  }
  const range = wanted.absent ? { max: 0 } : (wanted.count ?? { min: 1 });
  const most = whole ? matches.length + open : Number.POSITIVE_INFINITY;
  return { outcome: judgeCount(matches.length, most, range), matches, nearest };
}

/** Judges one candidate: all its conditions, and what those say that decided against it (nothing when it passed). */
export function judge<T>(candidate: T, conditions: readonly Condition<T>[]): { outcome: Outcome; said: string[] } {
  const results = conditions.map(condition => condition.test(candidate));
  const outcome = outcomeOfAll(results.map(({ ok }) => (ok === null ? 'unknown' : ok ? 'passed' : 'failed')));
  const deciding = outcome === 'failed' ? false : null;
  const said = results.flatMap(result => (result.ok !== true && result.ok === deciding ? [result.said] : []));
  return { outcome, said: [...new Set(said)] };
}
