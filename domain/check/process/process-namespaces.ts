import type { ProcessFact } from '#domain/facts/facts.ts';
import { type Condition, met, unmet, unseen } from '../conditions.ts';
import { mainProcess, type ReferenceScope, resolveContainer } from '../container/resolve-container.ts';
import { quoted } from '../quote-learner-text.ts';
import { joinAnd } from '../values/sentence.ts';
import type { NamespaceKind, ProcessSpec } from './process-spec.ts';

type Reference = { found: true; process: ProcessFact } | { found: false; unknown: boolean; said: string };

function referenceProcess(reference: string, scope: ReferenceScope): Reference {
  const processes = scope.now.processes ?? [];
  if (reference === 'sandbox') {
    const init = processes.find(process => process.pid === 1);
    return init
      ? { found: true, process: init }
      : { found: false, unknown: true, said: 'PID 1 of the sandbox was not seen' };
  }
  const bound = Object.hasOwn(scope.bindings, reference) ? scope.bindings[reference]?.bound?.process : null;
  const same = bound && processes.find(one => one.pid === bound.pid && one.startTicks === bound.startTicks);
  if (same) return { found: true, process: same };
  const container = resolveContainer(reference, scope);
  if (!container.found) return { found: false, unknown: container.outcome === 'unknown', said: container.observed };
  const main = mainProcess(processes, container.id, container.fact);
  if (main) return { found: true, process: main };
  return {
    found: false,
    unknown: false,
    said: `container ${quoted(container.name ?? reference)} has no running process`,
  };
}

const showKinds = (kinds: readonly NamespaceKind[]): string =>
  `${joinAnd(kinds)} ${kinds.length === 1 ? 'namespace' : 'namespaces'}`;

const other = (kinds: readonly NamespaceKind[]): string => (kinds.length === 1 ? 'another' : 'other');

/** Compares namespaces, by the kernel's inode numbers, with those of the sandbox, a container or a process found. */
export function namespaceConditions(
  field: NonNullable<ProcessSpec['namespaces']>,
  scope: ReferenceScope,
): Condition<ProcessFact>[] {
  const reference = referenceProcess(field.with, scope);
  const whose = field.with === 'sandbox' ? 'the sandbox' : quoted(field.with);
  const condition = (kinds: readonly NamespaceKind[], shared: boolean): Condition<ProcessFact> => ({
    demands: shared
      ? `shares the ${showKinds(kinds)} of ${whose}`
      : `has ${other(kinds)} ${showKinds(kinds)} than ${whose}`,
    test: process => {
      if (!reference.found) return (reference.unknown ? unseen : unmet)(`cannot be compared: ${reference.said}`);
      const wrong = kinds.filter(kind => (process.namespaces[kind] === reference.process.namespaces[kind]) !== shared);
      if (wrong.length === 0) return met;
      return unmet(
        shared ? `has ${other(wrong)} ${showKinds(wrong)} than ${whose}` : `shares the ${showKinds(wrong)} of ${whose}`,
      );
    },
  });
  return [
    ...(field.shared ? [condition(field.shared, true)] : []),
    ...(field.differ ? [condition(field.differ, false)] : []),
  ];
}
