'use client';
import { Lightbulb } from 'lucide-react';
import { useCallback } from 'react';
import { ShortMarkdown } from '#components/guide/markdown/short-markdown.tsx';
import { useLab } from '#components/lab/attempt-context.tsx';
import { useAction } from '#components/lab/use-action.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import type { PublicTask } from '#domain/lab/public-lab.ts';

/** Hints that were opened, and a button for the next one: they open one by one. */
export function HintList({ task, closed }: { task: PublicTask; closed: boolean }) {
  const { api, opened, addHints } = useLab();
  const hints = opened[task.id]?.hints ?? [];
  const next = useAction(useCallback(async () => addHints(task.id, await api.hint(task.id)), [api, addHints, task.id]));
  const left = task.hints - hints.length;
  if (hints.length === 0 && (left <= 0 || closed)) return null;
  return (
    <div className="space-y-2">
      {hints.length > 0 && (
        <ol aria-label="Hints" className="list-none space-y-2 pl-0">
          {hints.map((hint, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: hints only grow, so a hint is its number
            <li key={index} className="flex animate-rise gap-2.5 rounded-md bg-accent-soft px-3 py-2.5 text-sm">
              <Lightbulb aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-ink" />
              <div className="min-w-0 flex-1">
                <span className="sr-only">Hint {index + 1}: </span>
                <ShortMarkdown text={hint} />
              </div>
            </li>
          ))}
        </ol>
      )}
      {left > 0 && !closed && (
        <Button
          size="sm"
          variant="quiet"
          icon={<Lightbulb aria-hidden className="size-4" />}
          busy={next.busy}
          onClick={next.run}
        >
          {hints.length === 0 ? 'Show a hint' : 'Show the next hint'}
          <span className="font-normal text-faint tabular-nums">
            {hints.length + 1} of {task.hints}
          </span>
        </Button>
      )}
      {next.problem && <Callout tone="failed" role="alert" title={next.problem} />}
    </div>
  );
}
