import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';

const widths = { narrow: 'max-w-md', text: 'max-w-3xl', page: 'max-w-6xl', wide: 'max-w-[100rem]' };

/** The page's main part; the skip link leads to it. A page that fills the window writes its own `main id="main"`. */
export function PageBody({
  width = 'page',
  className,
  children,
}: {
  width?: keyof typeof widths;
  className?: string;
  children: ReactNode;
}) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className={cn('mx-auto w-full px-4 py-8 outline-none sm:px-6 sm:py-12', widths[width], className)}
    >
      {children}
    </main>
  );
}
