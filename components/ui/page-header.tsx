import type { ReactNode } from 'react';
import { Breadcrumb, type Crumb } from '#components/ui/breadcrumb.tsx';
import { cn } from '#components/ui/cn.ts';

export interface PageHeaderProps {
  title: ReactNode;
  /** One or two sentences. */
  lede?: ReactNode;
  breadcrumb?: readonly Crumb[];
  /** Badges and facts below the title. */
  meta?: ReactNode;
  /** The page's main actions, at the right on wide screens. */
  actions?: ReactNode;
  className?: string;
}

/** Holds the page's only h1. */
export function PageHeader({ title, lede, breadcrumb, meta, actions, className }: PageHeaderProps) {
  return (
    <header className={cn('mb-8 grid gap-3', className)}>
      {breadcrumb && <Breadcrumb items={breadcrumb} />}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 max-w-3xl flex-1 basis-80 space-y-3">
          <h1 className="text-2xl sm:text-3xl">{title}</h1>
          {lede && <p className="text-lg text-muted">{lede}</p>}
          {meta && <div className="flex flex-wrap items-center gap-2">{meta}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-3">{actions}</div>}
      </div>
    </header>
  );
}
