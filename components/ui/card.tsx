import type { ComponentProps, ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';

export interface CardProps extends ComponentProps<'div'> {
  /** `flush` has no padding (for tables and lists); `link` reacts to hover: put one stretched link inside. */
  kind?: 'plain' | 'flush' | 'link';
}

export function Card({ kind = 'plain', className, ...rest }: CardProps) {
  return (
    <div
      {...rest}
      className={cn(
        'min-w-0 rounded-lg border border-line bg-surface shadow-raised',
        kind === 'flush' ? 'overflow-hidden' : 'p-5 sm:p-6',
        kind === 'link' && 'relative transition-colors hover:border-line-strong',
        className,
      )}
    />
  );
}

/** Title of a card with an optional line at its right. */
export function CardHeader({ title, aside, level = 2 }: { title: ReactNode; aside?: ReactNode; level?: 2 | 3 }) {
  const Heading = `h${level}` as const;
  return (
    <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
      <Heading className="text-lg">{title}</Heading>
      {aside && <div className="text-muted text-sm">{aside}</div>}
    </div>
  );
}
