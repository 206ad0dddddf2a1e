import type { Facts, ProcessFact } from '#domain/facts/facts.ts';
import type { Selection } from '../conditions.ts';
import { noBaseline, whyPartial } from '../gaps.ts';
import { joinAnd } from '../values/sentence.ts';
import type { Outcome } from '../verdict.ts';
import { listProcesses, showProcess } from './describe-process.ts';
import { sameProcess } from './process-view.ts';

export interface Comparison {
  outcome: Outcome;
  observed: string;
}

/** How the processes of the baseline that a spec means compare with those it means now. */
export function compareProcesses(
  wanted: 'unchanged' | 'restarted',
  subject: string,
  now: Selection<ProcessFact>,
  before: Selection<ProcessFact> | null,
  facts: { now: Facts; baseline: Facts | null },
): Comparison {
  const { baseline } = facts;
  const unseen: Comparison = { outcome: 'unknown', observed: `${subject} ${noBaseline(baseline, 'processes')}` };
  if (baseline === null || before === null) return unseen;
  if (before.matches.length === 0) {
    if (whyPartial(baseline, 'processes') !== null) return unseen;
    const since = now.matches.length > 0 ? `; ${listProcesses(now.matches)} came later` : '';
    return { outcome: 'failed', observed: `no ${subject} ran when this step was opened${since}` };
  }
  const kept = before.matches.filter(old => now.matches.some(process => sameProcess(old, process)));
  const gone = before.matches.filter(old => !kept.includes(old));
  const partial = whyPartial(facts.now, 'processes');
  if (gone.length > 0 && partial)
    return { outcome: 'unknown', observed: `not every process could be seen: ${partial}` };
  const fresh = now.matches.filter(process => !kept.some(old => sameProcess(old, process)));
  const ended = gone.length === 0 ? '' : `${listProcesses(gone)} ended`;
  const started = fresh.length === 0 ? '' : `${listProcesses(fresh)} started`;
  if (wanted === 'unchanged') {
    if (gone.length === 0)
      return { outcome: 'passed', observed: `${listProcesses(kept)} still ${kept.length === 1 ? 'runs' : 'run'}` };
    return { outcome: 'failed', observed: joinAnd([ended, started].filter(said => said !== '')) };
  }
  const [still] = kept;
  if (still)
    return { outcome: 'failed', observed: `${showProcess(still)} is the same one as when this step was opened` };
  if (fresh.length === 0) return { outcome: 'failed', observed: `${ended}, and none has started since` };
  return { outcome: 'passed', observed: `${ended} and ${started}` };
}

/** Whether a process came into being after the baseline: it was not among the processes seen then. */
export function startedSince(process: ProcessFact, baseline: Facts): boolean {
  if (baseline.processes?.some(before => sameProcess(before, process))) return false;
  const whole = baseline.processes !== null && whyPartial(baseline, 'processes') === null;
  return whole || process.startedAt >= baseline.at;
}
