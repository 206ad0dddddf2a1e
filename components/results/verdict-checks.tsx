import { Moment } from '#components/results/facts/moment.tsx';
import { QuotedText } from '#components/results/quoted-text.tsx';
import { StatusIcon } from '#components/ui/status-icon.tsx';
import { verdictLook } from '#components/ui/verdict-look.ts';
import type { TaskVerdict } from '#domain/check/verdict.ts';

/** Every check of a verdict: expected, observed, where, when. */
export function VerdictChecks({ verdict }: { verdict: TaskVerdict }) {
  return (
    <ul className="divide-y divide-line">
      {verdict.checks.map(check => (
        <li key={check.check} className="flex gap-3 py-4 first:pt-0 last:pb-0">
          <StatusIcon state={check.outcome} label={null} className="mt-0.5" />
          <div className="min-w-0 flex-1 space-y-2">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-semibold">{verdictLook[check.outcome].label}</span>
              <code className="text-faint text-xs">{check.check}</code>
            </p>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm [&_dd]:wrap-anywhere [&_dd]:first-letter:uppercase">
              <dt className="text-muted">Expected</dt>
              <dd>
                <QuotedText text={check.expected} />
              </dd>
              <dt className="text-muted">Observed</dt>
              <dd className={check.outcome === 'passed' ? undefined : 'font-medium'}>
                <QuotedText text={check.observed} />
              </dd>
              <dt className="text-muted">Where</dt>
              <dd>
                <QuotedText text={check.where} />
              </dd>
              <dt className="text-muted">When</dt>
              <dd>
                <Moment at={check.at} />
              </dd>
            </dl>
          </div>
        </li>
      ))}
    </ul>
  );
}
