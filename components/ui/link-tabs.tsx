'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '#components/ui/cn.ts';
import { tabListStyle, tabStyle } from '#components/ui/tab-style.ts';

export interface LinkTab {
  href: string;
  label: string;
}

/** Tabs whose panels are pages of their own. The longest address that the page's begins with is current. */
export function LinkTabs({
  label,
  items,
  className,
}: {
  label: string;
  items: readonly LinkTab[];
  className?: string;
}) {
  const path = usePathname();
  const current = items
    .filter(item => path === item.href || path.startsWith(`${item.href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
  return (
    <nav aria-label={label} className={cn(tabListStyle, className)}>
      {items.map(item => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item === current ? 'page' : undefined}
          className={tabStyle}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
