import { Badge } from '#components/ui/badge.tsx';
import type { DaemonFact, ServiceFact } from '#domain/facts/facts.ts';
import { visibleText } from './visible-text.ts';

const words = {
  up: { tone: 'passed', text: 'up' },
  down: { tone: 'failed', text: 'not running' },
  silent: { tone: 'unknown', text: 'runs, does not answer' },
} as const;

/** dockerd and containerd at that moment. */
export function ServiceFacts({ daemon, containerd }: { daemon: DaemonFact | null; containerd: ServiceFact | null }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
      {daemon && (
        <>
          <dt className="font-semibold">dockerd</dt>
          <dd className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <State of={daemon} />
            {daemon.version && <span>version {visibleText(daemon.version, { max: 60 })}</span>}
            {daemon.storageDriver && <span>storage {visibleText(daemon.storageDriver, { max: 60 })}</span>}
            {daemon.reason && <span className="text-muted">{visibleText(daemon.reason, { max: 200 })}</span>}
          </dd>
        </>
      )}
      {containerd && (
        <>
          <dt className="font-semibold">containerd</dt>
          <dd className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <State of={containerd} />
          </dd>
        </>
      )}
    </dl>
  );
}

function State({ of: service }: { of: ServiceFact }) {
  const { tone, text } = words[service.state];
  return (
    <>
      <Badge tone={tone}>{text}</Badge>
      {service.pid !== null && <span className="tabular-nums">PID {service.pid}</span>}
    </>
  );
}
