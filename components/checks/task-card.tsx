'use client';
import { RefreshCw } from 'lucide-react';
import { useCallback, useState } from 'react';
import { InlineMarkdown, ShortMarkdown } from '#components/guide/markdown/short-markdown.tsx';
import { useLab, useTask } from '#components/lab/attempt-context.tsx';
import { useAction } from '#components/lab/use-action.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { cn } from '#components/ui/cn.ts';
import { StatusPill } from '#components/ui/status-pill.tsx';
import type { TaskVerdict } from '#domain/check/verdict.ts';
import type { PublicTask } from '#domain/lab/public-lab.ts';
import { CheckLine } from './check-line.tsx';
import { HintList } from './hint-list.tsx';
import { SolutionBox, SolutionTrigger } from './solution-box.tsx';
import { taskLook, taskWords } from './task-look.ts';

const edges = {
  passed: 'border-passed-line',
  undone: 'border-undone-line',
  failed: 'border-line-strong',
  unknown: 'border-unknown-line',
  open: 'border-line-strong',
};

/** A task with its live verdict: it turns green by itself, because the server looked at the sandbox. */
export function TaskCard({ task, number }: { task: PublicTask; number: number }) {
  const { api, readOnly, attempt } = useLab();
  const state = useTask(task.id);
  const [asked, setAsked] = useState<TaskVerdict | null>(null);
  const check = useAction(useCallback(async () => setAsked((await api.check(task.id)).verdict), [api, task.id]));
  const look = taskLook(state);
  const closed = readOnly || attempt.status === 'finished';
  const checks = state?.verdict?.checks ?? [];
  const unseen = asked?.outcome === 'unknown' && state?.verdict?.at !== asked.at ? asked : null;

  return (
    <section
      aria-label={`Task ${number}`}
      className={cn(
        'overflow-hidden rounded-lg border bg-surface shadow-raised transition-colors duration-500',
        edges[look],
      )}
    >
      <header
        className={cn(
          'flex flex-wrap items-center justify-between gap-2 border-b px-4 py-2.5 transition-colors duration-500',
          look === 'passed' ? 'border-passed-line bg-passed-soft' : 'border-line bg-well',
        )}
      >
        <h3 className="type-display text-sm">Task {number}</h3>
        <span aria-live="polite" className="mt-0 flex">
          <StatusPill state={look} checking={check.busy}>
            {taskWords(state)}
          </StatusPill>
        </span>
      </header>
      <div className="mt-0 space-y-3 px-4 pt-4 pb-3.5">
        <ShortMarkdown text={task.goal} className="font-medium" />
        {look === 'undone' && (
          <p className="text-sm text-undone">It was done and still counts. Right now it does not hold any more.</p>
        )}
        {checks.length > 0 ? (
          <ul className="list-none divide-y divide-line border-line border-y pl-0">
            {checks.map(verdict => (
              <CheckLine key={verdict.check} verdict={verdict} calm={look === 'open'} />
            ))}
          </ul>
        ) : (
          <p className="text-muted text-sm">
            {task.checks.length === 1 ? 'One check' : `${task.checks.length} checks`} will look at your sandbox as soon
            as it runs.
          </p>
        )}
        {unseen && (
          <Callout
            tone="unknown"
            role="status"
            title="It cannot be seen right now, so nothing was judged."
            kept="What was seen before stays as it is."
            todo="If you stopped the daemon, start it again; then check again."
          >
            <InlineMarkdown text={unseen.checks.find(one => one.outcome === 'unknown')?.observed ?? ''} />
          </Callout>
        )}
        {check.problem && <Callout tone="failed" role="alert" title={check.problem} />}
        {!closed && (
          <div className="flex flex-wrap items-center gap-2">
            <Button size="sm" icon={<RefreshCw aria-hidden className="size-4" />} busy={check.busy} onClick={check.run}>
              Check now
            </Button>
            {look !== 'passed' && <SolutionTrigger task={task} />}
          </div>
        )}
        <HintList task={task} closed={closed || look === 'passed'} />
        <SolutionBox task={task} />
      </div>
    </section>
  );
}
