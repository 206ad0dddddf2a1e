import type { ContainerFact } from '#domain/facts/facts.ts';
import { type Condition, type Selection, select } from '../conditions.ts';
import { whyPartial, whyUnseen } from '../gaps.ts';
import type { Bound, CheckContext, CheckKind, Finding } from '../kind.ts';
import { quoted } from '../quote-learner-text.ts';
import { matchesGlob } from '../values/glob.ts';
import { showRange } from '../values/range.ts';
import { countOf, joinAnd } from '../values/sentence.ts';
import { WHERE } from '../where.ts';
import { containerConditions } from './container-conditions.ts';
import { containerSettings } from './container-settings.ts';
import { containerSince } from './container-since.ts';
import { type ContainerSpec, containerSpecSchema } from './container-spec.ts';
import { listContainers, saysNoSuchContainer, saysState } from './describe-container.ts';
import { resolveContainer } from './resolve-container.ts';

type ContainerCondition = Condition<ContainerFact>;

function bind({ id, name }: { id: string; name: string | null }): Bound {
  return { container: { id, name }, process: null };
}

function saysExpected(spec: ContainerSpec, conditions: readonly ContainerCondition[], name: string | null): string {
  const demands = joinAnd(conditions.map(condition => condition.demands));
  const named = name === null ? '' : ` ${quoted(name)}`;
  const like = spec.nameMatches === undefined ? '' : ` named like ${quoted(spec.nameMatches)}`;
  if (spec.absent) {
    if (demands === '') return `there is no container${name === null ? like : ` named${named}`}`;
    return name === null ? `no container${like} ${demands}` : `there is no container${named} that ${demands}`;
  }
  if (spec.count !== undefined) {
    const such = demands === '' ? '' : ` of which each ${demands}`;
    return `the number of containers${like || named}${such} is ${showRange(spec.count)}`;
  }
  if (demands === '') return `there is a container${name === null ? like : ` named${named}`}`;
  return name === null ? `a container${like} ${demands}` : `container${named} ${demands}`;
}

function describe(container: ContainerFact, at: number, said: readonly string[] = []): string {
  if (said.length > 0) return `container ${quoted(container.name)} ${joinAnd(said)}`;
  return `container ${quoted(container.name)} (image ${quoted(container.image)}) ${saysState(container, at)}`;
}

function saysObserved(
  spec: ContainerSpec,
  { outcome, matches, nearest }: Selection<ContainerFact>,
  candidates: readonly ContainerFact[],
  context: CheckContext,
): string {
  const { now } = context;
  const [first] = matches;
  const partial = whyPartial(now, 'containers');
  const cut = outcome === 'unknown' && partial !== null ? `; not every container could be seen: ${partial}` : '';
  if (first !== undefined) {
    if (spec.count !== undefined)
      return `${countOf(matches.length, 'such container')}: ${listContainers(matches)}${cut}`;
    if (matches.length === 1 || !spec.absent) return `${describe(first, now.at)}${cut}`;
    return `there are ${listContainers(matches)}${cut}`;
  }
  if (nearest === null) {
    if (spec.name !== undefined && spec.absent) return `no container is named ${quoted(spec.name)}${cut}`;
    if (spec.name !== undefined) return `${saysNoSuchContainer(spec.name, now.containers ?? [])}${cut}`;
    if (spec.of !== undefined) return `the container of ${quoted(spec.of)} does not exist any more${cut}`;
    const like = spec.nameMatches === undefined ? 'at all' : `named like ${quoted(spec.nameMatches)}`;
    return `there is no container ${like}${cut}`;
  }
  const said = describe(nearest.candidate, now.at, nearest.said);
  return candidates.length === 1
    ? `${said}${cut}`
    : `of ${countOf(candidates.length, 'container')} the nearest: ${said}${cut}`;
}

function evaluate(spec: ContainerSpec, context: CheckContext): Finding {
  const { now, baseline } = context;
  const conditions = [
    ...containerConditions(spec, now),
    ...containerSettings(spec),
    ...containerSince(spec, baseline, now.at),
  ];
  const resolved = spec.of === undefined ? null : resolveContainer(spec.of, context);
  const name = spec.name ?? (resolved?.found ? resolved.name : (spec.of ?? null));
  const expected = saysExpected(spec, conditions, name);
  const where = WHERE.api;
  if (now.containers === null) {
    // Bound all the same: checks that look at its processes need no daemon.
    const known =
      baseline?.containers?.find(container => container.name === spec.name) ?? (resolved?.found ? resolved : null);
    const finding = { outcome: 'unknown' as const, expected, observed: whyUnseen(now, 'containers'), where };
    return known === null ? finding : { ...finding, bound: bind(known) };
  }
  if (resolved?.found === false) return { outcome: resolved.outcome, expected, observed: resolved.observed, where };
  const candidates = now.containers.filter(
    container =>
      (spec.name === undefined || container.name === spec.name) &&
      (spec.nameMatches === undefined || matchesGlob(spec.nameMatches, container.name)) &&
      (resolved === null || container.id === resolved.id),
  );
  const identified = (spec.name !== undefined || resolved !== null) && candidates.length > 0;
  const whole = identified || whyPartial(now, 'containers') === null;
  const selection = select(candidates, conditions, spec, whole);
  const found = selection.matches[0] ?? (identified ? candidates[0] : undefined);
  const observed = saysObserved(spec, selection, candidates, context);
  const finding = { outcome: selection.outcome, expected, observed, where };
  return found === undefined ? finding : { ...finding, bound: bind(found) };
}

/** A container, as the sandbox's dockerd tells. */
export const containerCheck: CheckKind<ContainerSpec> = {
  kind: 'container',
  spec: containerSpecSchema,
  references: spec => (spec.of === undefined ? [] : [spec.of]),
  needs: spec => ({ containers: true, ...(spec.image === undefined ? {} : { images: true }) }),
  evaluate,
};
