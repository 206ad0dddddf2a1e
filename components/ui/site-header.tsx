import Link from 'next/link';
import type { ReactNode } from 'react';
import { BrandMark } from '#components/ui/brand-mark.tsx';
import { cn } from '#components/ui/cn.ts';
import { type NavItem, NavLinks } from '#components/ui/nav-links.tsx';
import { ThemeToggle } from '#components/ui/theme-toggle.tsx';

export interface SiteHeaderProps {
  home?: string;
  nav?: readonly NavItem[];
  /** Where one is, beside the mark: a lab's title and its progress. Takes the room that is left. */
  context?: ReactNode;
  /** Buttons before the theme toggle. */
  tools?: ReactNode;
  /** The user's menu, or links to sign in. */
  user?: ReactNode;
  /** For pages that fill the window: lower, full width, does not stick. */
  compact?: boolean;
}

/** The hull: dark in both themes. Each route group's layout places it. */
export function SiteHeader({ home = '/', nav = [], context, tools, user, compact }: SiteHeaderProps) {
  return (
    <header
      data-theme="dark"
      className={cn('on-hull border-line border-b bg-hull text-ink', !compact && 'sticky top-0 z-40')}
    >
      <div className={cn('mx-auto flex items-center gap-2 px-4 sm:gap-4', compact ? 'h-13' : 'h-15 max-w-6xl sm:px-6')}>
        <Link href={home} className="flex shrink-0 items-center gap-2.5 rounded-md" aria-label="Belowdeck, start page">
          <BrandMark className={compact ? 'size-7' : undefined} />
          <span className={cn('type-display text-lg', (context || nav.length > 0) && 'max-sm:sr-only')}>Belowdeck</span>
        </Link>
        <NavLinks items={nav} />
        <div className="min-w-0 flex-1">{context}</div>
        <div className="flex shrink-0 items-center gap-1">
          {tools}
          <ThemeToggle />
          {user}
        </div>
      </div>
    </header>
  );
}
