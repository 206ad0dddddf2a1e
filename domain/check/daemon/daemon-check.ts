import type { DaemonFact, Facts, ServiceFact } from '#domain/facts/facts.ts';
import { type Condition, judge, met, type Tested, unmet, unseen } from '../conditions.ts';
import { noBaseline, whyUnseen } from '../gaps.ts';
import type { CheckContext, CheckKind, Finding } from '../kind.ts';
import { quoted, quoteLearnerText } from '../quote-learner-text.ts';
import { joinAnd } from '../values/sentence.ts';
import { WHERE } from '../where.ts';
import { settingConditions } from './daemon-settings.ts';
import { type DaemonSpec, daemonSpecSchema } from './daemon-spec.ts';

const serviceIn = (facts: Facts, service: DaemonSpec['service']): ServiceFact | null =>
  service === 'dockerd' ? facts.daemon : facts.containerd;

function saysSilent(service: ServiceFact): string {
  const reason = (service as Partial<DaemonFact>).reason;
  return `runs (PID ${service.pid ?? 'not known'}), but does not answer${reason ? `: ${quoteLearnerText(reason)}` : ''}`;
}

const runningCondition = (wanted: boolean): Condition<ServiceFact> => ({
  demands: wanted ? 'is running' : 'is not running',
  test: service => {
    if (service.state === 'silent' && wanted) return unseen(saysSilent(service));
    const runs = service.state !== 'down';
    return runs === wanted ? met : unmet(runs ? `is running (PID ${service.pid ?? 'not known'})` : 'is not running');
  },
});

function compare(service: ServiceFact, before: ServiceFact, wanted: 'restarted' | 'unchanged'): Tested {
  if (service.state === 'down') return unmet('is not running');
  if (before.state === 'down') return unmet('was not running when this step was opened');
  if (service.pid === null || before.pid === null) return unseen('runs, but which process it is could not be seen');
  const same = service.pid === before.pid && service.startTicks === before.startTicks;
  if (wanted === 'unchanged') {
    return same ? met : unmet(`runs as PID ${service.pid} now; PID ${before.pid} of when this step was opened is gone`);
  }
  if (same) return unmet(`is the same process (PID ${service.pid}) as when this step was opened`);
  return service.state === 'up' ? met : unseen(`was started anew and ${saysSilent(service)}`);
}

function comparison(
  spec: DaemonSpec,
  baseline: Facts | null,
  wanted: 'restarted' | 'unchanged',
): Condition<ServiceFact> {
  const before = baseline && serviceIn(baseline, spec.service);
  const part = spec.service === 'dockerd' ? 'daemon' : 'containerd';
  return {
    demands:
      wanted === 'restarted'
        ? 'was restarted since this step was opened'
        : 'is the same process as when this step was opened',
    test: service => (before ? compare(service, before, wanted) : unseen(noBaseline(baseline, part))),
  };
}

function saysRunning(service: ServiceFact): string {
  if (service.state === 'down') return 'is not running';
  const version = (service as Partial<DaemonFact>).version;
  return `is running (PID ${service.pid ?? 'not known'}${version ? `, version ${quoteLearnerText(version)}` : ''})`;
}

function evaluate(spec: DaemonSpec, { now, baseline }: CheckContext): Finding {
  const conditions: Condition<ServiceFact>[] = [
    ...(spec.running === undefined ? [] : [runningCondition(spec.running)]),
    ...(spec.restarted ? [comparison(spec, baseline, 'restarted')] : []),
    ...(spec.unchanged ? [comparison(spec, baseline, 'unchanged')] : []),
    ...settingConditions(spec, now.daemon),
  ];
  const name = quoted(spec.service);
  const expected = `${name} ${joinAnd(conditions.map(condition => condition.demands))}`;
  const where = WHERE.daemon;
  const service = serviceIn(now, spec.service);
  if (service === null) {
    const observed = whyUnseen(now, spec.service === 'dockerd' ? 'daemon' : 'containerd');
    return { outcome: 'unknown', expected, observed, where };
  }
  const { outcome, said } = judge(service, conditions);
  const observed = `${name} ${outcome === 'passed' ? saysRunning(service) : joinAnd(said)}`;
  return { outcome, expected, observed, where };
}

/** dockerd or containerd: by the kernel whether it runs and which process it is, by the API how it is set. */
export const daemonCheck: CheckKind<DaemonSpec> = {
  kind: 'daemon',
  spec: daemonSpecSchema,
  references: () => [],
  needs: () => ({ daemon: true }),
  evaluate,
};
