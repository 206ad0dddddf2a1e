import { ChevronRight } from 'lucide-react';
import Link from 'next/link';

export interface Crumb {
  label: string;
  /** The last one, the page itself, has none. */
  href?: string;
}

export function Breadcrumb({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="You are here">
      <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-muted text-sm">
        {items.map((item, place) => (
          <li key={`${item.href}${item.label}`} className="flex min-w-0 items-center gap-1.5">
            {place > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />}
            {item.href ? (
              <Link
                href={item.href}
                className="rounded-sm py-0.5 hover:text-ink hover:underline hover:underline-offset-4"
              >
                {item.label}
              </Link>
            ) : (
              <span aria-current="page" className="text-ink">
                {item.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
