import type { FactNeeds } from '#domain/facts/facts.ts';
import type { Task } from '#domain/lab/lab.ts';
import { partOfQuery, referencesOfQuery } from './fact-query.ts';
import type { NeedsPart } from './kind.ts';
import { containerNameOf } from './references.ts';
import { kindOf } from './registry.ts';
import type { CheckSpec, FactQuery } from './spec.ts';

type Checks = Pick<Task, 'checks'>;

const NOTHING: FactNeeds = {
  daemon: false,
  containers: false,
  images: false,
  processes: false,
  cgroups: false,
  eventsAfter: null,
  files: [],
};

/** One set of facts that serves both: parts of either, events from the earlier position, files once each. */
export function mergeNeeds(a: FactNeeds, b: FactNeeds): FactNeeds {
  const positions = [a.eventsAfter, b.eventsAfter].filter(position => position !== null);
  const files = new Map([...a.files, ...b.files].map(file => [JSON.stringify([file.path, file.container]), file]));
  return {
    daemon: a.daemon || b.daemon,
    containers: a.containers || b.containers,
    images: a.images || b.images,
    processes: a.processes || b.processes,
    cgroups: a.cgroups || b.cgroups,
    eventsAfter: positions.length === 0 ? null : Math.min(...positions),
    files: [...files.values()],
  };
}

/** Makes whole needs of a part; with `daemon` wherever the API is asked, so that an unknown verdict can say why. */
export function completeNeeds({ events, ...part }: NeedsPart, baselineSeq: number | null): FactNeeds {
  const needs = { ...NOTHING, ...part, eventsAfter: events ? baselineSeq : null };
  return { ...needs, daemon: needs.daemon || needs.containers || needs.images };
}

function needsOfSpec(spec: CheckSpec, baselineSeq: number | null, nameOf: (reference: string) => string): FactNeeds {
  const { kind, fields } = kindOf(spec);
  const own = completeNeeds(kind.needs(fields, nameOf), baselineSeq);
  const parts = kind.parts?.(fields) ?? [];
  return parts.map(part => needsOfSpec(part, baselineSeq, nameOf)).reduce(mergeNeeds, own);
}

/**
 * Which facts the checks of these tasks need, and no more. The same needs serve the baseline.
 * @param baselineSeq journal position of the baseline; null (while taking the baseline itself) asks for no events.
 */
export function needsOf(tasks: readonly Checks[], { baselineSeq }: { baselineSeq: number | null }): FactNeeds {
  const needs = tasks.flatMap(({ checks }) =>
    checks.map(check => needsOfSpec(check.spec, baselineSeq, reference => containerNameOf(reference, checks))),
  );
  return needs.reduce(mergeNeeds, NOTHING);
}

/**
 * Which facts a query needs; with those of the check that it refers to, so that the reference can be bound.
 * @param tasks the tasks of the query's step.
 * @param baselineSeq as for {@link needsOf}; left out: from the start of the journal.
 */
export function needsOfQuery(
  query: FactQuery,
  tasks: readonly Checks[] = [],
  { baselineSeq }: { baselineSeq: number | null } = { baselineSeq: 0 },
): FactNeeds {
  const checks = tasks.flatMap(task => task.checks);
  const nameOf = (reference: string) => containerNameOf(reference, checks);
  const own = completeNeeds(partOfQuery(query, nameOf), baselineSeq);
  const referred = referencesOfQuery(query).flatMap(reference => checks.filter(check => check.id === reference));
  return referred.map(check => needsOfSpec(check.spec, baselineSeq, nameOf)).reduce(mergeNeeds, own);
}
