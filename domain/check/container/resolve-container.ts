import type { ContainerFact, Facts, ProcessFact } from '#domain/facts/facts.ts';
import { whyPartial, whyUnseen } from '../gaps.ts';
import type { Bindings } from '../kind.ts';
import { quoted } from '../quote-learner-text.ts';
import { saysNoSuchContainer } from './describe-container.ts';

export type ResolvedContainer =
  | {
      found: true;
      id: string;
      name: string | null;
      /** As it is now; null when the daemon does not tell (the container was seen at the baseline). */
      fact: ContainerFact | null;
    }
  | { found: false; outcome: 'failed' | 'unknown'; observed: string };

/** What a reference is resolved in. */
export interface ReferenceScope {
  now: Facts;
  baseline: Facts | null;
  bindings: Bindings;
}

/**
 * Finds the container that `of:` means: the one that the check of this id found, else the one of this name. While the
 * daemon does not answer, a name means the container that had it at the baseline: without a daemon nobody can rename,
 * and the kernel's facts about its processes are still there.
 */
export function resolveContainer(reference: string, { now, baseline, bindings }: ReferenceScope): ResolvedContainer {
  const binding = Object.hasOwn(bindings, reference) ? bindings[reference] : undefined;
  if (binding) {
    const bound = binding.bound?.container;
    if (bound) {
      const fact = now.containers?.find(container => container.id === bound.id) ?? null;
      return { found: true, id: bound.id, name: fact?.name ?? bound.name, fact };
    }
    const { outcome, observed } = binding;
    return outcome === 'unknown'
      ? { found: false, outcome, observed }
      : { found: false, outcome: 'failed', observed: `check ${quoted(reference)} found no container: ${observed}` };
  }
  const known = now.containers?.find(container => container.name === reference);
  if (known) return { found: true, id: known.id, name: known.name, fact: known };
  if (now.containers === null) {
    const before = baseline?.containers?.find(container => container.name === reference);
    if (before) return { found: true, id: before.id, name: before.name, fact: null };
    return { found: false, outcome: 'unknown', observed: whyUnseen(now, 'containers') };
  }
  const partial = whyPartial(now, 'containers');
  if (partial) return { found: false, outcome: 'unknown', observed: `not every container could be seen: ${partial}` };
  return { found: false, outcome: 'failed', observed: saysNoSuchContainer(reference, now.containers) };
}

/** The main process of a container: PID 1 of its own PID namespace, or the one that the daemon names. */
export function mainProcess(
  processes: readonly ProcessFact[],
  containerId: string,
  fact: ContainerFact | null,
): ProcessFact | null {
  const own = processes.filter(process => process.containerId === containerId);
  return own.find(process => process.pid === fact?.pid) ?? own.find(process => process.innerPid === 1) ?? null;
}
