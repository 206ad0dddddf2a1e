import type { DaemonFact, ServiceFact } from '#domain/facts/facts.ts';
import { type Condition, met, type Tested, unmet, unseen } from '../conditions.ts';
import { quoted, quoteLearnerText } from '../quote-learner-text.ts';
import { matchesGlob } from '../values/glob.ts';
import { joinSome } from '../values/sentence.ts';
import type { DaemonSpec } from './daemon-spec.ts';

/** A setting cannot be seen while the daemon does not answer: unknown, whether it runs or not. */
function told<T>(daemon: DaemonFact | null, value: T | null | undefined, test: (value: T) => Tested): Tested {
  if (daemon?.state === 'up' && value !== null && value !== undefined) return test(value);
  const reason = daemon?.reason ? `: ${quoteLearnerText(daemon.reason)}` : '';
  return unseen(`does not tell its settings${reason}`);
}

function text(
  words: string,
  wanted: string,
  daemon: DaemonFact | null,
  value: string | null | undefined,
): Condition<ServiceFact> {
  return {
    demands: `has ${words} ${quoted(wanted)}`,
    test: () =>
      told(daemon, value, actual => (matchesGlob(wanted, actual) ? met : unmet(`has ${words} ${quoted(actual)}`))),
  };
}

/** Conditions on what dockerd tells of itself. */
export function settingConditions(spec: DaemonSpec, daemon: DaemonFact | null): Condition<ServiceFact>[] {
  const conditions: Condition<ServiceFact>[] = [];
  if (spec.version !== undefined) conditions.push(text('version', spec.version, daemon, daemon?.version));
  if (spec.storageDriver !== undefined) {
    conditions.push(text('storage driver', spec.storageDriver, daemon, daemon?.storageDriver));
  }
  if (spec.defaultRuntime !== undefined) {
    conditions.push(text('default runtime', spec.defaultRuntime, daemon, daemon?.defaultRuntime));
  }
  const { liveRestore, runtime } = spec;
  if (liveRestore !== undefined) {
    const says = (on: boolean) => `has live-restore ${on ? 'on' : 'off'}`;
    const test = () =>
      told(daemon, daemon?.liveRestore, actual => (actual === liveRestore ? met : unmet(says(actual))));
    conditions.push({ demands: says(liveRestore), test });
  }
  if (runtime !== undefined) {
    const test = () =>
      told(daemon, daemon?.runtimes, actual =>
        actual.includes(runtime) ? met : unmet(`has the runtimes ${joinSome(actual.map(quoted), 8)}`),
      );
    conditions.push({ demands: `has a runtime ${quoted(runtime)}`, test });
  }
  return conditions;
}
