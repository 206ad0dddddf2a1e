'use client';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { cn } from '#components/ui/cn.ts';
import { useLab } from './attempt-context.tsx';
import { stepHref } from './lab-links.ts';
import { stepProgress } from './step-progress.ts';

/** The steps as one row: which are done, which one is open, how far it is. */
export function StepsNav({ current }: { current: string }) {
  const { lab, attempt } = useLab();
  const steps = stepProgress(lab, attempt);
  return (
    <nav aria-label="Steps" className="border-line border-b bg-surface">
      <ol className="flex gap-1 overflow-x-auto px-3 py-2 sm:px-4">
        {steps.map((step, index) => {
          const here = step.slug === current;
          const done = step.total > 0 ? step.done === step.total : step.opened && !here;
          return (
            <li key={step.slug} className={cn('min-w-9', here ? 'max-w-full flex-[3_1_9rem]' : 'flex-[1_1_2.25rem]')}>
              <Link
                href={stepHref(lab, step.slug)}
                prefetch={false}
                aria-current={here ? 'step' : undefined}
                title={step.title}
                className={cn(
                  'group/step flex h-full flex-col justify-end gap-1.5 rounded-md px-1.5 pt-1 pb-1.5 text-xs',
                  here ? 'font-semibold text-ink' : 'text-muted hover:text-ink',
                )}
              >
                <span className="flex min-w-0 items-center gap-1.5">
                  <span
                    className={cn(
                      'grid size-5 shrink-0 place-items-center rounded-full border text-[0.6875rem] tabular-nums leading-none',
                      done
                        ? 'border-passed-line bg-passed-soft text-passed'
                        : here
                          ? 'border-accent-line bg-accent text-on-accent'
                          : 'border-line-strong',
                    )}
                  >
                    {done ? <Check aria-hidden strokeWidth={3} className="size-3" /> : index + 1}
                  </span>
                  <span className={cn('truncate', !here && 'sr-only')}>{step.title}</span>
                  <span className="sr-only">
                    {done ? ', done' : step.total > 0 ? `, ${step.done} of ${step.total} done` : ''}
                  </span>
                </span>
                <span aria-hidden className="h-1 overflow-hidden rounded-full bg-well">
                  <span
                    className={cn(
                      'block h-full rounded-full transition-[width] duration-500',
                      done ? 'bg-passed' : 'bg-accent',
                    )}
                    style={{ width: `${step.total > 0 ? (100 * step.done) / step.total : done ? 100 : 0}%` }}
                  />
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
