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
  /** Without the dark band; for a page whose header is not the first thing below the site's. */
  plain?: boolean;
  className?: string;
}

/** Holds the page's only h1. It continues the hull of the site header down to a row of draft marks. */
export function PageHeader({ title, lede, breadcrumb, meta, actions, plain, className }: PageHeaderProps) {
  return (
    <header
      data-theme={plain ? undefined : 'dark'}
      className={cn(
        'relative mb-8 grid gap-4 text-ink',
        !plain && 'hull-band on-hull -mt-8 pt-6 pb-9 sm:-mt-12 sm:mb-10 sm:pt-9 sm:pb-12',
        className,
      )}
    >
      {breadcrumb && <Breadcrumb items={breadcrumb} />}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-5">
        <div className="min-w-0 max-w-3xl flex-1 basis-80 space-y-3">
          <h1 className="text-2xl sm:text-3xl">{title}</h1>
          {lede && <p className="text-lg text-muted">{lede}</p>}
          {meta && <div className="flex flex-wrap items-center gap-2 pt-1">{meta}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-3">{actions}</div>}
      </div>
      {!plain && <div aria-hidden className="draft-marks absolute inset-x-0 bottom-0 h-2.5" />}
    </header>
  );
}
