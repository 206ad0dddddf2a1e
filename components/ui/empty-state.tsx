import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';

export interface EmptyStateProps {
  icon?: ReactNode;
  /** What is not here yet: "No class yet". */
  title: ReactNode;
  /** Why, and what will fill it. */
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}

export function EmptyState({ icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div
      className={cn(
        'grid justify-items-center gap-2 rounded-lg border border-line-strong/60 border-dashed px-6 py-12 text-center',
        className,
      )}
    >
      {icon && (
        <span aria-hidden className="mb-2 text-faint [&_svg]:size-8 [&_svg]:stroke-[1.5]">
          {icon}
        </span>
      )}
      <p className="type-display text-lg">{title}</p>
      {children && <div className="max-w-[46ch] text-pretty text-muted text-sm">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-3">{action}</div>}
    </div>
  );
}
