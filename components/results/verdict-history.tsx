import Link from 'next/link';
import { Moment } from '#components/results/facts/moment.tsx';
import { cn } from '#components/ui/cn.ts';
import { StatusIcon } from '#components/ui/status-icon.tsx';
import { verdictLook } from '#components/ui/verdict-look.ts';
import type { TaskVerdict } from '#domain/check/verdict.ts';

export interface PastVerdict {
  id: string;
  verdict: TaskVerdict;
  at: number;
}

/** The verdicts of one task, newest first: each leads to its own facts. */
export function VerdictHistory({ verdicts, shown, href }: { verdicts: PastVerdict[]; shown: string; href: string }) {
  return (
    <ol className="grid gap-1">
      {verdicts.map(({ id, verdict, at }) => {
        const passed = verdict.checks.filter(check => check.outcome === 'passed').length;
        return (
          <li key={id}>
            <Link
              href={`${href}?verdict=${id}`}
              prefetch={false}
              scroll={false}
              aria-current={id === shown ? 'true' : undefined}
              className={cn(
                'flex items-center gap-3 rounded-md border border-transparent px-3 py-2 text-sm hover:bg-well',
                id === shown && 'border-line-strong bg-well',
              )}
            >
              <StatusIcon state={verdict.outcome} label={null} className="size-4.5" />
              <span className="min-w-0 flex-1">
                <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                  <span className="font-semibold">{verdictLook[verdict.outcome].label}</span>
                  <span className="text-muted text-xs">
                    {passed} of {verdict.checks.length} {verdict.checks.length === 1 ? 'check' : 'checks'}
                  </span>
                </span>
                <span className="block text-muted text-xs">
                  <Moment at={at} />
                </span>
              </span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
