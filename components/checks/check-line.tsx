import { Disclosure } from '#components/ui/disclosure.tsx';
import { StatusIcon } from '#components/ui/status-icon.tsx';
import type { Verdict } from '#domain/check/verdict.ts';
import { ClockTime } from './clock-time.tsx';

/** One check of a task: what is expected, what was seen, where, when. */
export function CheckLine({ verdict, calm }: { verdict: Verdict; calm: boolean }) {
  const state = verdict.outcome === 'failed' && calm ? 'open' : verdict.outcome;
  return (
    <li className="flex gap-2.5 py-2">
      <StatusIcon state={state} className="mt-0.5 size-4.5" />
      <div className="min-w-0 flex-1 text-sm">
        <p className="first-letter:uppercase">{verdict.expected}</p>
        {verdict.outcome !== 'passed' && (
          <p className="text-muted">
            <span className="font-semibold">{verdict.outcome === 'unknown' ? 'Not seen: ' : 'Seen: '}</span>
            {verdict.observed}
          </p>
        )}
        <Disclosure title={<span className="font-normal text-faint text-xs">How this was checked</span>}>
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs">
            <dt className="text-muted">Expected</dt>
            <dd>{verdict.expected}</dd>
            <dt className="text-muted">Observed</dt>
            <dd>{verdict.observed}</dd>
            <dt className="text-muted">Where</dt>
            <dd>{verdict.where}</dd>
            <dt className="text-muted">When</dt>
            <dd>
              <ClockTime at={verdict.at} />
            </dd>
          </dl>
        </Disclosure>
      </div>
    </li>
  );
}
