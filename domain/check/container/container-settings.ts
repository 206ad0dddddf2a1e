import type { ContainerFact } from '#domain/facts/facts.ts';
import { type Condition, met, unmet } from '../conditions.ts';
import { quoted } from '../quote-learner-text.ts';
import { LIMITS, type LimitWords } from '../values/limit-text.ts';
import { joinSome } from '../values/sentence.ts';
import type { ContainerSpec } from './container-spec.ts';

type ContainerCondition = Condition<ContainerFact>;

function limit(words: LimitWords, written: string | number, actual: (container: ContainerFact) => number | null) {
  const wanted = words.read(written);
  return {
    demands: `has ${words.show(wanted)}`,
    test: (container: ContainerFact) =>
      words.same(wanted, actual(container)) ? met : unmet(`has ${words.show(actual(container))}`),
  };
}

/** Docker keeps "not given" as an empty text or `default`; people say what that means. */
const MEANING: Record<string, string> = { 'networkMode:default': 'bridge', 'restartPolicy:': 'no' };
const SETTING_WORDS = { runtime: 'runtime', restartPolicy: 'restart policy', networkMode: 'network' } as const;

function setting(field: keyof typeof SETTING_WORDS, written: string): ContainerCondition {
  const meaning = (value: string) => MEANING[`${field}:${value}`] ?? value;
  const words = SETTING_WORDS[field];
  return {
    demands: `has ${words} ${quoted(written)}`,
    test: container => {
      const actual = meaning(container[field]);
      return actual === meaning(written) ? met : unmet(`has ${words} ${quoted(actual)}`);
    },
  };
}

const showPair = (key: string, value: string | true): string => quoted(value === true ? key : `${key}=${value}`);

function pair(
  noun: string,
  key: string,
  wanted: string | true,
  read: (container: ContainerFact) => string | undefined,
) {
  return {
    demands: `has the ${noun} ${showPair(key, wanted)}`,
    test: (container: ContainerFact) => {
      const value = read(container);
      if (value === undefined) return unmet(`has no ${noun} ${quoted(key)}`);
      return wanted === true || value === wanted ? met : unmet(`has the ${noun} ${showPair(key, value)}`);
    },
  };
}

function environmentValue(container: ContainerFact, key: string): string | undefined {
  return container.env.find(line => line.startsWith(`${key}=`))?.slice(key.length + 1);
}

function published(spec: NonNullable<ContainerSpec['published']>): ContainerCondition {
  const protocol = spec.protocol ?? 'tcp';
  const show = (port: { container: number; protocol: string; host: number | null }) =>
    port.host === null
      ? `${port.container}/${port.protocol} on no port`
      : `${port.container}/${port.protocol} as ${port.host}`;
  return {
    demands: `publishes its port ${spec.container}/${protocol}${spec.host === undefined ? '' : ` as ${spec.host}`}`,
    test: container => {
      const ports = container.ports.filter(port => port.host !== null);
      const found = ports.some(
        port =>
          port.container === spec.container &&
          port.protocol === protocol &&
          (spec.host === undefined || port.host === spec.host),
      );
      if (found) return met;
      return unmet(ports.length === 0 ? 'publishes no port' : `publishes ${joinSome(ports.map(show))}`);
    },
  };
}

function mount(spec: NonNullable<ContainerSpec['mount']>): ContainerCondition {
  const from = spec.source === undefined ? '' : ` from ${quoted(spec.source)}`;
  const mode = spec.readOnly === undefined ? '' : spec.readOnly ? ', read-only' : ', writable';
  return {
    demands: `has a ${spec.type ?? 'file system'} mounted at ${quoted(spec.destination)}${from}${mode}`,
    test: container => {
      const found = container.mounts.find(one => one.destination === spec.destination);
      if (!found) return unmet(`has nothing mounted at ${quoted(spec.destination)}`);
      const same =
        (spec.source === undefined || found.source === spec.source) &&
        (spec.type === undefined || found.type === spec.type) &&
        (spec.readOnly === undefined || found.readOnly === spec.readOnly);
      const actual = `${quoted(found.source)} (${quoted(found.type)}, ${found.readOnly ? 'read-only' : 'writable'})`;
      return same ? met : unmet(`has ${actual} mounted at ${quoted(spec.destination)}`);
    },
  };
}

/** Limits, settings, labels, environment, ports and mounts, as the container was created with. */
export function containerSettings(spec: ContainerSpec): ContainerCondition[] {
  const conditions: ContainerCondition[] = [];
  if (spec.memory !== undefined) conditions.push(limit(LIMITS.memory, spec.memory, one => one.memoryBytes));
  if (spec.cpus !== undefined) conditions.push(limit(LIMITS.cpus, spec.cpus, one => one.cpus));
  if (spec.pidsLimit !== undefined) conditions.push(limit(LIMITS.pids, spec.pidsLimit, one => one.pidsLimit));
  for (const field of ['runtime', 'restartPolicy', 'networkMode'] as const) {
    const written = spec[field];
    if (written !== undefined) conditions.push(setting(field, written));
  }
  for (const [key, wanted] of Object.entries(spec.label ?? {})) {
    const read = ({ labels }: ContainerFact) => (Object.hasOwn(labels, key) ? labels[key] : undefined);
    conditions.push(pair('label', key, wanted, read));
  }
  for (const [key, wanted] of Object.entries(spec.env ?? {})) {
    conditions.push(pair('environment variable', key, wanted, one => environmentValue(one, key)));
  }
  if (spec.published !== undefined) conditions.push(published(spec.published));
  if (spec.mount !== undefined) conditions.push(mount(spec.mount));
  return conditions;
}
