import type { ContainerFact, Facts } from '#domain/facts/facts.ts';
import { type Condition, met, unmet } from '../conditions.ts';
import { quoted } from '../quote-learner-text.ts';
import { containerRunsImage } from '../values/image-match.ts';
import { rangeBounds, showRangeOf } from '../values/range.ts';
import { joinAnd, pluralFor } from '../values/sentence.ts';
import type { ContainerSpec } from './container-spec.ts';
import { saysState } from './describe-container.ts';

type ContainerCondition = Condition<ContainerFact>;

const DEMANDED_STATE: Partial<Record<ContainerFact['state'], string>> = {
  created: 'created and not started',
  exited: 'exited',
};

function stateCondition(state: NonNullable<ContainerSpec['state']>, at: number): ContainerCondition {
  const states = Array.isArray(state) ? state : [state];
  const words = states.map(one => DEMANDED_STATE[one] ?? one);
  return {
    demands: words.length === 1 && words[0] === 'exited' ? 'has exited' : `is ${words.join(' or ')}`,
    test: container => (states.includes(container.state) ? met : unmet(saysState(container, at))),
  };
}

function exitCondition(exitCode: number, at: number): ContainerCondition {
  return {
    demands: `exited with code ${exitCode}`,
    test: container =>
      (container.state === 'exited' || container.state === 'dead') && container.exitCode === exitCode
        ? met
        : unmet(saysState(container, at)),
  };
}

function imageCondition(image: string, now: Facts): ContainerCondition {
  return {
    demands: `runs image ${quoted(image)}`,
    test: container =>
      containerRunsImage(image, container, now.images) ? met : unmet(`is from image ${quoted(container.image)}`),
  };
}

function commandCondition(command: NonNullable<ContainerSpec['command']>): ContainerCondition {
  const texts = Array.isArray(command) ? command : [command];
  return {
    demands: `has a command with ${joinAnd(texts.map(quoted))}`,
    test: container => {
      const line = container.command.join(' ');
      return texts.every(text => line.includes(text)) ? met : unmet(`has the command ${quoted(line)}`);
    },
  };
}

const flagConditions: Record<'oomKilled' | 'tty' | 'createdByCli', [whenTrue: string, whenFalse: string]> = {
  oomKilled: ['was killed for lack of memory', 'was not killed for lack of memory'],
  tty: ['has a terminal (-t)', 'has no terminal'],
  createdByCli: ['was created by the docker CLI', 'was created without the docker CLI'],
};

function flagCondition(field: keyof typeof flagConditions, wanted: boolean): ContainerCondition {
  const [whenTrue, whenFalse] = flagConditions[field];
  return {
    demands: wanted ? whenTrue : whenFalse,
    test: container => (container[field] === wanted ? met : unmet(container[field] ? whenTrue : whenFalse)),
  };
}

function restartCountCondition(range: NonNullable<ContainerSpec['restartCount']>): ContainerCondition {
  const { min, max } = rangeBounds(range);
  return {
    demands: `was restarted by its policy ${showRangeOf(range, 'time')}`,
    test: ({ restartCount }) =>
      restartCount >= min && restartCount <= max
        ? met
        : unmet(`was restarted by its policy ${restartCount} ${pluralFor(restartCount, 'time')}`),
  };
}

/** Everything but limits, names and comparisons with the baseline. */
export function containerConditions(spec: ContainerSpec, now: Facts): ContainerCondition[] {
  const conditions: ContainerCondition[] = [];
  if (spec.state !== undefined) conditions.push(stateCondition(spec.state, now.at));
  if (spec.exitCode !== undefined) conditions.push(exitCondition(spec.exitCode, now.at));
  if (spec.image !== undefined) conditions.push(imageCondition(spec.image, now));
  if (spec.command !== undefined) conditions.push(commandCondition(spec.command));
  for (const field of ['oomKilled', 'tty', 'createdByCli'] as const) {
    const wanted = spec[field];
    if (wanted !== undefined) conditions.push(flagCondition(field, wanted));
  }
  if (spec.restartCount !== undefined) conditions.push(restartCountCondition(spec.restartCount));
  return conditions;
}
