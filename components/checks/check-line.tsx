import { ChevronDown } from 'lucide-react';
import { InlineMarkdown } from '#components/guide/markdown/short-markdown.tsx';
import { StatusIcon } from '#components/ui/status-icon.tsx';
import type { Verdict } from '#domain/check/verdict.ts';
import { ClockTime } from './clock-time.tsx';

/** A check's sentence may begin with a name, whose case matters: only a plain word gets its capital. */
function asSentence(text: string): string {
  return /^[a-z]+ /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** One check of a task: what is expected and, until it passed, what was seen instead; where and when it looked, on demand. */
export function CheckLine({ verdict, calm }: { verdict: Verdict; calm: boolean }) {
  const state = verdict.outcome === 'failed' && calm ? 'open' : verdict.outcome;
  return (
    <li className="mt-0">
      <details className="group/check text-sm">
        <summary className="flex list-none items-start gap-2.5 rounded-md py-2 hover:text-accent-ink [&::-webkit-details-marker]:hidden">
          <StatusIcon state={state} className="mt-0.5 size-4.5" />
          <span className="min-w-0 flex-1">
            <span className="block">
              <InlineMarkdown text={asSentence(verdict.expected)} />
            </span>
            {verdict.outcome !== 'passed' && (
              <span className="block text-muted">
                {verdict.outcome === 'unknown' ? 'Not seen: ' : 'Now: '}
                <InlineMarkdown text={verdict.observed} />
              </span>
            )}
          </span>
          <ChevronDown
            aria-hidden
            className="mt-0.5 size-4 shrink-0 text-faint transition-transform group-open/check:rotate-180"
          />
          <span className="sr-only">How this was checked</span>
        </summary>
        <dl className="mb-2.5 ml-7 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-md bg-well px-3 py-2.5 text-xs">
          <dt className="text-muted">Expected</dt>
          <dd>
            <InlineMarkdown text={verdict.expected} />
          </dd>
          <dt className="text-muted">Observed</dt>
          <dd>
            <InlineMarkdown text={verdict.observed} />
          </dd>
          <dt className="text-muted">Where</dt>
          <dd>
            <InlineMarkdown text={verdict.where} />
          </dd>
          <dt className="text-muted">When</dt>
          <dd>
            <ClockTime at={verdict.at} />
          </dd>
        </dl>
      </details>
    </li>
  );
}
