import type { ContainerFact, Facts } from '#domain/facts/facts.ts';
import { listContainers, saysNoSuchContainer, saysState } from '../container/describe-container.ts';
import { type ReferenceScope, resolveContainer } from '../container/resolve-container.ts';
import { whyPartial, whyUnseen } from '../gaps.ts';
import { quoted, quoteLearnerText } from '../quote-learner-text.ts';
import { containerRunsImage } from '../values/image-match.ts';
import { showSize } from '../values/size.ts';
import type { ContainerQuery, FactQuery } from './query-spec.ts';
import { id, known, limit, moment, number, type Reading, unknown } from './reading.ts';

type ContainerShow = Extract<FactQuery, { container: unknown }>['show'];

const text = (value: string): Reading => known(value, quoteLearnerText(value));

function show(container: ContainerFact, what: ContainerShow, at: number): Reading {
  const state = `container ${quoted(container.name)} ${saysState(container, at)}`;
  switch (what) {
    case 'id':
      return id(container.id);
    case 'imageId':
      return id(container.imageId);
    case 'pid':
      return number(container.pid, state, pid => `PID ${pid}`);
    case 'exitCode':
      return container.state === 'exited' ? number(container.exitCode, state) : unknown(state);
    case 'command':
      return text(container.command.join(' '));
    case 'createdAt':
    case 'startedAt':
    case 'finishedAt':
      return moment(container[what], state);
    case 'restartCount':
      return known(container.restartCount);
    case 'memory':
      return limit(container.memoryBytes, showSize);
    case 'cpus':
    case 'pidsLimit':
      return limit(container[what]);
    case 'hostPort':
      return number(
        container.ports.find(port => port.host !== null)?.host ?? null,
        `container ${quoted(container.name)} publishes no port`,
      );
    case 'count':
      return unknown('count is of containers, not of one');
    default:
      return text(container[what]);
  }
}

function selectIn(query: ContainerQuery, containers: readonly ContainerFact[], now: Facts): ContainerFact[] {
  return containers.filter(
    container =>
      (query.name === undefined || container.name === query.name) &&
      (query.image === undefined || containerRunsImage(query.image, container, now.images)),
  );
}

/** Reads one value of the container that a query means. */
export function readContainer(query: ContainerQuery, what: ContainerShow, scope: ReferenceScope): Reading {
  const { now } = scope;
  if (now.containers === null) return unknown(whyUnseen(now, 'containers'));
  const resolved = query.of === undefined ? null : resolveContainer(query.of, scope);
  if (resolved?.found === false) return unknown(resolved.observed);
  const all = resolved === null ? now.containers : resolved.fact === null ? [] : [resolved.fact];
  const matches = selectIn(query, all, now);
  const partial = whyPartial(now, 'containers');
  if (partial !== null && (what === 'count' || matches.length !== 1)) {
    return unknown(`not every container could be seen: ${partial}`);
  }
  if (what === 'count') return known(matches.length);
  const [container, ...others] = matches;
  if (container && others.length === 0) return show(container, what, now.at);
  if (container) return unknown(`there are ${matches.length} such containers: ${listContainers(matches)}`);
  return unknown(query.name === undefined ? 'there is no such container' : saysNoSuchContainer(query.name, all));
}
