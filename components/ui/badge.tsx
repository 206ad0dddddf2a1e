import type { ComponentProps, ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import { type Tone, toneStyle } from '#components/ui/tone.ts';

/** A short fact about a thing: its level, its role, its length. For verdicts use StatusPill. */
export function Badge({
  tone = 'neutral',
  icon,
  className,
  children,
  ...rest
}: ComponentProps<'span'> & { tone?: Tone; icon?: ReactNode }) {
  return (
    <span
      {...rest}
      className={cn(
        'inline-flex items-center gap-1.5 whitespace-nowrap rounded-sm border px-2 py-0.5 font-medium text-xs [&_svg]:size-3.5',
        toneStyle[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
