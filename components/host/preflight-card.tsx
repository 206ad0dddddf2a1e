import { CircleCheckBig, type LucideIcon, OctagonX, TriangleAlert } from 'lucide-react';
import { Callout } from '#components/ui/callout.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { cn } from '#components/ui/cn.ts';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import { type PreflightStatus, type ProbeResult, type ProbeVerdict, refusals } from '#domain/protocol/preflight.ts';

const looks: Record<ProbeVerdict, { icon: LucideIcon; ink: string; word: string }> = {
  ok: { icon: CircleCheckBig, ink: 'text-passed', word: 'As it should be' },
  warn: { icon: TriangleAlert, ink: 'text-undone', word: 'A drawback' },
  refuse: { icon: OctagonX, ink: 'text-failed', word: 'Unsafe' },
};

/** What sandboxd found out about this machine: the verdict first, what is wrong next, every probe on demand. */
export function PreflightCard({ preflight, found }: { preflight: PreflightStatus; found: string | null }) {
  const { probes, accepted } = preflight;
  const of = (kind: ProbeResult['kind']) => probes.filter(probe => probe.kind === kind);
  const wrong = probes.filter(({ verdict }) => verdict !== 'ok');
  return (
    <Card>
      <CardHeader title="Do sandboxes hold here?" aside={found} />
      <div className="grid gap-4">
        <Verdict preflight={preflight} />
        {wrong.length > 0 && <Probes probes={wrong} accepted={accepted} />}
        {probes.length > 0 && (
          <div className="grid gap-1">
            <Disclosure title={`The machine: ${summary(of('machine'), 'as it should be')}`}>
              <Probes probes={of('machine')} accepted={accepted} />
            </Disclosure>
            {of('escape').length > 0 && (
              <Disclosure title={`Escapes that root in a sandbox tried: ${summary(of('escape'), 'refused')}`}>
                <Probes probes={of('escape')} accepted={accepted} />
              </Disclosure>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}

function Verdict({ preflight }: { preflight: PreflightStatus }) {
  const ids = refusals(preflight).map(({ id }) => id);
  switch (preflight.state) {
    case 'waiting':
      return <p className="text-muted text-sm">Found out as soon as the lab image is loaded.</p>;
    case 'running':
      return (
        <p className="text-muted text-sm">Being found out right now. Who asks for a sandbox waits a few seconds.</p>
      );
    case 'passed':
      return (
        <p className="text-sm">
          {preflight.probes.some(({ kind, verdict }) => kind === 'escape' && verdict !== 'ok')
            ? 'As far as could be tried: no escape succeeded, but this machine answered one of them in a way not known.'
            : 'Yes. Every escape that was tried as root of a throw-away sandbox was refused by this machine.'}
        </p>
      );
    case 'accepted':
      return (
        <Callout
          tone="failed"
          title="No. Sandboxes are given away all the same, because the operator’s setting says so."
          todo="Mend what is listed, then start without BELOWDECK_ACCEPT_UNSAFE_SANDBOXES. Until then let in only people you trust with this machine."
        />
      );
    case 'refused':
      return (
        <Callout
          tone="failed"
          title={`No: ${ids.join(', ')}. Nobody is given a sandbox.`}
          kept="Accounts, progress, and sandboxes that run already."
          todo="Do what is listed, then run npm run doctor -- --probe on the server."
        />
      );
  }
}

function Probes({ probes, accepted }: { probes: readonly ProbeResult[]; accepted: readonly string[] }) {
  return (
    <ul className="grid gap-3">
      {probes.map(({ id, verdict, title, measured, remedy }) => {
        const { icon: Icon, ink, word } = looks[verdict];
        return (
          <li key={id} className="flex min-w-0 gap-3 text-sm">
            <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', ink)} />
            <div className="min-w-0 break-words">
              <p>
                <VisuallyHidden>{word}: </VisuallyHidden>
                {title}: <span className="text-muted">{measured}</span>
                {verdict === 'refuse' && accepted.includes(id) && <span className="text-failed"> (accepted)</span>}
              </p>
              {remedy !== '' && <p className="mt-1">{remedy}</p>}
              {verdict === 'refuse' && <p className="mt-1 font-mono text-faint text-xs">{id}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** E.g. "11 of 11 as it should be". */
function summary(probes: readonly ProbeResult[], good: string): string {
  return `${probes.filter(({ verdict }) => verdict === 'ok').length} of ${probes.length} ${good}`;
}
