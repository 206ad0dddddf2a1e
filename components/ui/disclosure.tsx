import { ChevronRight } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';

export interface DisclosureProps extends Omit<ComponentProps<'details'>, 'title'> {
  title: ReactNode;
  /** Stands at the right end of the title's line. */
  aside?: ReactNode;
  boxed?: boolean;
}

/** The browser's own details element: it works before and without scripts, and page search opens it. */
export function Disclosure({ title, aside, boxed, className, children, ...rest }: DisclosureProps) {
  return (
    <details
      {...rest}
      className={cn('group/disclosure min-w-0', boxed && 'rounded-lg border border-line bg-surface', className)}
    >
      <summary
        className={cn(
          'flex list-none items-center gap-2 rounded-md py-1.5 font-semibold text-sm [&::-webkit-details-marker]:hidden',
          boxed ? 'px-4 py-3 hover:bg-well' : 'hover:text-accent-ink',
        )}
      >
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-muted transition-transform duration-150 group-open/disclosure:rotate-90"
        />
        <span className="min-w-0 flex-1">{title}</span>
        {aside}
      </summary>
      <div className={boxed ? 'border-line border-t px-4 py-4' : 'py-2 pl-6'}>{children}</div>
    </details>
  );
}
