import type { ContainerFact } from '#domain/facts/facts.ts';
import { nearNames } from '../near-names.ts';
import { quoted } from '../quote-learner-text.ts';
import { showAgo, showDuration } from '../values/duration.ts';
import { joinSome } from '../values/sentence.ts';

/** Continues "container `web` …": its state, with times relative to `at`. */
export function saysState(container: ContainerFact, at: number): string {
  switch (container.state) {
    case 'running':
      return container.startedAt === null
        ? 'is running'
        : `has been running for ${showDuration(at - container.startedAt)}`;
    case 'created':
      return 'was created and never started';
    case 'exited': {
      const code = container.exitCode === null ? 'exited' : `exited with code ${container.exitCode}`;
      const when = container.finishedAt === null ? '' : `, ${showAgo(at, container.finishedAt)}`;
      return `${code}${when}${container.oomKilled ? ', killed for lack of memory' : ''}`;
    }
    case 'removing':
      return 'is being removed';
    default:
      return `is ${container.state}`;
  }
}

/** `web` (running), `old` (exited with code 1): for lists of what there is. */
export function listContainers(containers: readonly ContainerFact[]): string {
  return joinSome(
    containers.map(({ name, state, exitCode }) =>
      state === 'exited' && exitCode !== null
        ? `${quoted(name)} (exited with code ${exitCode})`
        : `${quoted(name)} (${state})`,
    ),
  );
}

/** Says that a name is nobody's, and what there is instead: names like it first. */
export function saysNoSuchContainer(name: string, containers: readonly ContainerFact[]): string {
  const none = `no container is named ${quoted(name)}`;
  const near = nearNames(name, containers, container => container.name);
  if (near.length > 0) return `${none}; there is ${listContainers(near)}`;
  if (containers.length === 0) return `${none}; there is no container at all`;
  return `${none}; there ${containers.length === 1 ? 'is' : 'are'} ${listContainers(containers)}`;
}
