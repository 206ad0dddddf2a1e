import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import { StatusIcon } from '#components/ui/status-icon.tsx';
import { toneStyle } from '#components/ui/tone.ts';
import { type VerdictState, verdictLook } from '#components/ui/verdict-look.ts';

export interface StatusPillProps {
  state: VerdictState;
  /** Replaces the state's own word: "3 of 4 passed". */
  children?: ReactNode;
  /** A check is under way; the last state stays readable. */
  checking?: boolean;
  className?: string;
}

export function StatusPill({ state, children, checking, className }: StatusPillProps) {
  const look = verdictLook[state];
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border py-0.5 pr-2.5 pl-1.5 font-semibold text-xs transition-colors duration-200',
        toneStyle[look.tone],
        className,
      )}
    >
      <StatusIcon state={state} label={null} checking={checking} className="size-4" />
      {children ?? look.label}
    </span>
  );
}
