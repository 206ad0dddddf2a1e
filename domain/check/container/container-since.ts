import type { ContainerFact, Facts } from '#domain/facts/facts.ts';
import { type Condition, met, type Tested, unmet, unseen } from '../conditions.ts';
import { noBaseline, whyPartial } from '../gaps.ts';
import { showAgo } from '../values/duration.ts';
import type { ContainerSpec } from './container-spec.ts';
import { saysState } from './describe-container.ts';

const isAlive = (container: ContainerFact): boolean => container.state === 'running' || container.state === 'paused';

function createdSince(container: ContainerFact, baseline: Facts | null, at: number): Tested {
  if (baseline === null) return unseen(noBaseline(null, 'containers'));
  const listed = baseline.containers?.some(before => before.id === container.id);
  const whole = baseline.containers !== null && whyPartial(baseline, 'containers') === null;
  const isNew = whole ? !listed : !listed && container.createdAt >= baseline.at;
  return isNew ? met : unmet(`was there already, created ${showAgo(at, container.createdAt)}`);
}

type Before = { seen: true; fact: ContainerFact } | { seen: false; tested: Tested };

function before(container: ContainerFact, baseline: Facts | null): Before {
  if (!baseline?.containers) return { seen: false, tested: unseen(noBaseline(baseline, 'containers')) };
  const fact = baseline.containers.find(one => one.id === container.id);
  if (fact) return { seen: true, fact };
  if (whyPartial(baseline, 'containers')) return { seen: false, tested: unseen(noBaseline(baseline, 'containers')) };
  const sameName = baseline.containers.some(one => one.name === container.name);
  const said = sameName
    ? 'is a new container: the one of this name from when this step was opened is gone'
    : 'is a new container, created after this step was opened';
  return { seen: false, tested: unmet(said) };
}

function unchanged(container: ContainerFact, baseline: Facts | null, at: number): Tested {
  const earlier = before(container, baseline);
  if (!earlier.seen) return earlier.tested;
  if (earlier.fact.startedAt !== container.startedAt) {
    const when = container.startedAt === null ? '' : ` ${showAgo(at, container.startedAt)}`;
    return unmet(`was started anew${when}`);
  }
  return isAlive(earlier.fact) && !isAlive(container) ? unmet(saysState(container, at)) : met;
}

function restarted(container: ContainerFact, baseline: Facts | null): Tested {
  const earlier = before(container, baseline);
  if (!earlier.seen) return earlier.tested;
  const then = earlier.fact.startedAt ?? 0;
  return (container.startedAt ?? 0) > then ? met : unmet('was not started anew since this step was opened');
}

/** Conditions that compare with the moment the step was opened. */
export function containerSince(spec: ContainerSpec, baseline: Facts | null, at: number): Condition<ContainerFact>[] {
  const conditions: Condition<ContainerFact>[] = [];
  if (spec.since) {
    const demands = 'was created after this step was opened';
    conditions.push({ demands, test: container => createdSince(container, baseline, at) });
  }
  if (spec.unchanged) {
    const demands = 'is the same as when this step was opened, not restarted';
    conditions.push({ demands, test: container => unchanged(container, baseline, at) });
  }
  if (spec.restarted) {
    const demands = 'was started anew since this step was opened';
    conditions.push({ demands, test: container => restarted(container, baseline) });
  }
  return conditions;
}
