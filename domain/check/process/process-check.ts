import type { Facts, ProcessFact } from '#domain/facts/facts.ts';
import { type Condition, met, type Selection, select, unmet, unseen } from '../conditions.ts';
import { saysState } from '../container/describe-container.ts';
import { type ResolvedContainer, resolveContainer } from '../container/resolve-container.ts';
import { noBaseline, whyPartial, whyUnseen } from '../gaps.ts';
import type { Bound, CheckContext, CheckKind, Finding } from '../kind.ts';
import { quoted } from '../quote-learner-text.ts';
import { showDuration } from '../values/duration.ts';
import { showRange } from '../values/range.ts';
import { countOf, joinAnd } from '../values/sentence.ts';
import { WHERE } from '../where.ts';
import { listProcesses, saysNoSuchProcess, showProcess } from './describe-process.ts';
import { processConditions } from './process-conditions.ts';
import { namespaceConditions } from './process-namespaces.ts';
import { compareProcesses, startedSince } from './process-since.ts';
import { type ProcessSpec, processSpecSchema } from './process-spec.ts';
import { type ProcessView, runsExe, viewProcesses } from './process-view.ts';

type FoundContainer = Extract<ResolvedContainer, { found: true }>;

function sinceCondition(baseline: Facts | null): Condition<ProcessFact> {
  return {
    demands: 'was started after this step was opened',
    test: process => {
      if (baseline === null) return unseen(noBaseline(null, 'processes'));
      return startedSince(process, baseline) ? met : unmet('ran already when this step was opened');
    },
  };
}

function conditionsIn(spec: ProcessSpec, view: ProcessView, context: CheckContext): Condition<ProcessFact>[] {
  return [
    ...processConditions(spec, view),
    ...(spec.namespaces ? namespaceConditions(spec.namespaces, context) : []),
    ...(spec.since ? [sinceCondition(context.baseline)] : []),
  ];
}

function selectIn(spec: ProcessSpec, view: ProcessView, conditions: readonly Condition<ProcessFact>[], facts: Facts) {
  const { exe } = spec;
  const candidates = view.processes.filter(process => exe === undefined || runsExe(exe, process));
  return select(candidates, conditions, spec, whyPartial(facts, 'processes') === null);
}

function saysSubject(spec: ProcessSpec, container: FoundContainer | null): string {
  const exe = spec.exe === undefined ? '' : ` ${quoted(spec.exe)}`;
  const of = spec.of === undefined ? '' : ` of container ${quoted(container?.name ?? spec.of)}`;
  return `process${exe}${of}`;
}

function saysExpected(spec: ProcessSpec, subject: string, conditions: readonly Condition<ProcessFact>[]): string {
  const demands = conditions.map(condition => condition.demands).filter(said => said !== '');
  if (spec.unchanged) demands.push('is the same as when this step was opened');
  if (spec.restarted) demands.push('was restarted since this step was opened');
  const said = joinAnd(demands);
  if (spec.absent) return said === '' ? `no ${subject} runs` : `no ${subject} ${said}`;
  if (spec.count !== undefined) {
    const such = said === '' ? '' : ` of which each ${said}`;
    return `the number of running processes${subject.slice('process'.length)}${such} is ${showRange(spec.count)}`;
  }
  return `${subject} ${said === '' ? 'runs' : said}`;
}

function saysObserved(
  spec: ProcessSpec,
  subject: string,
  { outcome, matches, nearest }: Selection<ProcessFact>,
  view: ProcessView,
  container: FoundContainer | null,
  now: Facts,
): string {
  const partial = outcome === 'unknown' ? whyPartial(now, 'processes') : null;
  if (partial) return `not every process could be seen: ${partial}`;
  const [first] = matches;
  if (first) {
    if (spec.count !== undefined) return `${countOf(matches.length, 'such process')}: ${listProcesses(matches)}`;
    if (matches.length > 1) return `${listProcesses(matches)} run`;
    return `${showProcess(first)} has been running for ${showDuration(now.at - first.startedAt)}`;
  }
  if (container?.fact && container.fact.state !== 'running') {
    return `container ${quoted(container.fact.name)} ${saysState(container.fact, now.at)}`;
  }
  if (nearest && spec.exe !== undefined && !spec.absent)
    return `${showProcess(nearest.candidate)} ${joinAnd(nearest.said)}`;
  return spec.absent ? `no such process runs` : saysNoSuchProcess(subject, spec.exe, view);
}

function bind(
  process: ProcessFact | undefined,
  container: FoundContainer | null,
  view: ProcessView,
): Bound | undefined {
  const id = container?.id ?? process?.containerId ?? null;
  if (process === undefined && id === null) return undefined;
  const name = container?.name ?? view.containers.find(one => one.id === id)?.name ?? null;
  return {
    container: id === null ? null : { id, name },
    process: process === undefined ? null : { pid: process.pid, startTicks: process.startTicks },
  };
}

function evaluate(spec: ProcessSpec, context: CheckContext): Finding {
  const { now, baseline } = context;
  const where = WHERE.processes;
  const resolved = spec.of === undefined ? null : resolveContainer(spec.of, context);
  const container = resolved?.found ? resolved : null;
  const subject = saysSubject(spec, container);
  const view = viewProcesses(now, container);
  if (view === null || resolved?.found === false) {
    const blank: ProcessView = { processes: [], byPid: new Map(), containers: [], container: null };
    const expected = saysExpected(spec, subject, conditionsIn(spec, blank, context));
    if (resolved?.found === false) return unresolved(spec, resolved, expected);
    return { outcome: 'unknown', expected, observed: whyUnseen(now, 'processes'), where };
  }
  const conditions = conditionsIn(spec, view, context);
  const expected = saysExpected(spec, subject, conditions);
  const selection = selectIn(spec, view, conditions, now);
  let { outcome } = selection;
  let observed = saysObserved(spec, subject, selection, view, container, now);
  const compared = spec.unchanged ? 'unchanged' : spec.restarted ? 'restarted' : null;
  if (compared) {
    const then = baseline && viewProcesses(baseline, container);
    const earlier = then && selectIn(spec, then, conditionsIn(spec, then, { ...context, now: baseline }), baseline);
    const comparison = compareProcesses(compared, subject, selection, earlier, { now, baseline });
    ({ outcome, observed } = comparison);
  }
  const bound = bind(selection.matches[0], container, view);
  const finding = { outcome, expected, observed, where };
  return bound === undefined ? finding : { ...finding, bound };
}

/** Without the container there are no processes of it: good for `absent`, bad for the rest. */
function unresolved(
  spec: ProcessSpec,
  resolved: Extract<ResolvedContainer, { found: false }>,
  expected: string,
): Finding {
  const outcome = resolved.outcome === 'failed' && spec.absent ? 'passed' : resolved.outcome;
  return { outcome, expected, observed: resolved.observed, where: WHERE.api };
}

/** A process, by the kernel's process table: executables, parents, cgroups and namespaces, not names. */
export const processCheck: CheckKind<ProcessSpec> = {
  kind: 'process',
  spec: processSpecSchema,
  references: ({ of, namespaces }) => {
    const compared = namespaces === undefined || namespaces.with === 'sandbox' ? [] : [namespaces.with];
    return of === undefined ? compared : [of, ...compared];
  },
  needs: spec => {
    const refers = spec.of !== undefined || (spec.namespaces !== undefined && spec.namespaces.with !== 'sandbox');
    return { processes: true, ...(refers ? { containers: true } : {}) };
  },
  evaluate,
};
