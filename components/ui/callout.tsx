import { CircleCheckBig, CircleHelp, Info, type LucideIcon, OctagonX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';

export type CalloutTone = 'info' | 'warn' | 'failed' | 'passed' | 'unknown';

const looks: Record<CalloutTone, { icon: LucideIcon; box: string; ink: string; word: string }> = {
  info: { icon: Info, box: 'border-info-line bg-info-soft', ink: 'text-info', word: 'Note' },
  warn: { icon: TriangleAlert, box: 'border-undone-line bg-undone-soft', ink: 'text-undone', word: 'Warning' },
  failed: { icon: OctagonX, box: 'border-failed-line bg-failed-soft', ink: 'text-failed', word: 'Problem' },
  passed: { icon: CircleCheckBig, box: 'border-passed-line bg-passed-soft', ink: 'text-passed', word: 'Done' },
  unknown: { icon: CircleHelp, box: 'border-unknown-line bg-unknown-soft', ink: 'text-unknown', word: 'Unknown' },
};

export interface CalloutProps {
  tone?: CalloutTone;
  /** What happened, in one sentence. */
  title: ReactNode;
  /** What was kept. */
  kept?: ReactNode;
  /** What the reader can do now. */
  todo?: ReactNode;
  /** Buttons that do it. */
  actions?: ReactNode;
  /** Announce it at once because it appeared by itself: `alert` for problems, `status` for news. */
  role?: 'alert' | 'status';
  className?: string;
  children?: ReactNode;
}

export function Callout({ tone = 'info', title, kept, todo, actions, role, className, children }: CalloutProps) {
  const { icon: Icon, box, ink, word } = looks[tone];
  return (
    <div role={role} className={cn('flex min-w-0 gap-3 rounded-lg border p-4 text-sm', box, className)}>
      <Icon aria-hidden className={cn('mt-px size-5 shrink-0', ink)} />
      <div className="min-w-0 flex-1 space-y-2">
        <p className="font-semibold">
          <VisuallyHidden>{word}: </VisuallyHidden>
          {title}
        </p>
        {children && <div>{children}</div>}
        {(kept || todo) && (
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
            {kept && (
              <>
                <dt className="whitespace-nowrap font-semibold text-muted">Kept</dt>
                <dd>{kept}</dd>
              </>
            )}
            {todo && (
              <>
                <dt className="whitespace-nowrap font-semibold text-muted">To do</dt>
                <dd>{todo}</dd>
              </>
            )}
          </dl>
        )}
        {actions && <div className="flex flex-wrap gap-2 pt-1">{actions}</div>}
      </div>
    </div>
  );
}
