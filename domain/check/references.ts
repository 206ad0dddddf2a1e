import type { TaskCheck } from '#domain/lab/lab.ts';
import { kindOf } from './registry.ts';
import type { CheckSpec } from './spec.ts';

/** A check and everything it is made of. */
function withParts(spec: CheckSpec): CheckSpec[] {
  const { kind, fields } = kindOf(spec);
  return [spec, ...(kind.parts?.(fields) ?? []).flatMap(withParts)];
}

/** Check ids or container names that a spec refers to (`of`, `namespaces.with`), each once. */
export function referencesOf(spec: CheckSpec): string[] {
  const references = withParts(spec).flatMap(part => {
    const { kind, fields } = kindOf(part);
    return kind.references(fields);
  });
  return [...new Set(references)];
}

/** Names of containers that a spec is about. */
export function containerNamesOf(spec: CheckSpec): string[] {
  const names = withParts(spec).flatMap(part => ('container' in part ? (part.container.name ?? []) : []));
  return [...new Set(names)];
}

/** Ids of questions that a spec wants answered. */
export function questionsOf(spec: CheckSpec): string[] {
  return [...new Set(withParts(spec).flatMap(part => ('answer' in part ? part.answer.question : [])))];
}

/** The container name behind a reference: the one its check names, else the reference itself. */
export function containerNameOf(reference: string, checks: readonly Pick<TaskCheck, 'id' | 'spec'>[]): string {
  const seen = new Set<string>();
  let name = reference;
  for (;;) {
    const spec = checks.find(check => check.id === name)?.spec;
    if (!spec || seen.has(name)) return name;
    seen.add(name);
    const [first] = containerNamesOf(spec);
    const next = first ?? referencesOf(spec)[0];
    if (next === undefined) return name;
    if (first !== undefined) return first;
    name = next;
  }
}

const binds = (spec: CheckSpec): boolean =>
  'container' in spec ||
  'process' in spec ||
  'cgroup' in spec ||
  (('all' in spec || 'any' in spec) && withParts(spec).some(part => 'container' in part || 'process' in part));

/**
 * Check ids in an order in which each comes after those it refers to; ids caught in a circle come last.
 * Order of authorship is kept otherwise.
 */
export function checkOrder(checks: readonly Pick<TaskCheck, 'id' | 'spec'>[]): { order: string[]; circular: string[] } {
  const ids = new Set(checks.map(check => check.id));
  const waiting = new Map(
    checks.map(check => [check.id, new Set(referencesOf(check.spec).filter(reference => ids.has(reference)))]),
  );
  const order: string[] = [];
  for (;;) {
    const ready = [...waiting].filter(([, references]) => references.size === 0).map(([id]) => id);
    if (ready.length === 0) break;
    for (const id of ready) waiting.delete(id);
    for (const references of waiting.values()) for (const id of ready) references.delete(id);
    order.push(...ready);
  }
  return { order, circular: [...waiting.keys()] };
}

/**
 * What is wrong with the references of one task's checks, for the lab loader.
 * @param containerNames names of containers in the lab; with them a reference that is neither a check of the task nor
 *   one of these is a problem too (left out: it is taken for a container's name).
 */
export function checkProblems(
  checks: readonly Pick<TaskCheck, 'id' | 'spec'>[],
  containerNames?: readonly string[],
): { check: string; message: string }[] {
  const problems = checkOrder(checks).circular.map(check => {
    return { check, message: 'refers, directly or in a circle, to itself' };
  });
  for (const { id, spec } of checks) {
    for (const reference of referencesOf(spec)) {
      const target = checks.find(check => check.id === reference);
      if (target && !binds(target.spec)) {
        const message = `refers to ${reference}, which is a check that finds no container (container, process and cgroup do)`;
        problems.push({ check: id, message });
      } else if (!target && containerNames && reference !== 'sandbox' && !containerNames.includes(reference)) {
        const message = `refers to ${reference}, which is neither a check of this task nor a container that a check of this lab names`;
        problems.push({ check: id, message });
      }
    }
  }
  return problems;
}
