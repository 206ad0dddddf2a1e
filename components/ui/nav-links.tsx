'use client';
import { Menu } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuLink } from '#components/ui/dropdown-menu.tsx';

export interface NavItem {
  href: string;
  label: string;
}

/** The header's links: in a row, or behind a menu button where the screen is narrow. */
export function NavLinks({ items }: { items: readonly NavItem[] }) {
  const path = usePathname();
  if (items.length === 0) return null;
  return (
    <>
      <nav aria-label="Main" className="hidden items-stretch gap-1 self-stretch md:flex">
        {items.map(item => (
          <Link
            key={item.href}
            href={item.href}
            aria-current={path === item.href || path.startsWith(`${item.href}/`) ? 'page' : undefined}
            className="relative flex items-center px-3 font-semibold text-muted text-sm transition-colors after:absolute after:inset-x-3 after:bottom-0 after:h-[3px] hover:text-ink focus-visible:-outline-offset-4 aria-[current=page]:text-ink aria-[current=page]:after:bg-accent"
          >
            {item.label}
          </Link>
        ))}
      </nav>
      <div className="md:hidden">
        <DropdownMenu
          align="start"
          trigger={<Button variant="quiet" size="icon" aria-label="Menu" icon={<Menu aria-hidden />} />}
        >
          {items.map(item => (
            <MenuLink key={item.href} href={item.href}>
              {item.label}
            </MenuLink>
          ))}
        </DropdownMenu>
      </div>
    </>
  );
}
