import type { ComponentProps, ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';

/**
 * A table that scrolls sideways inside itself on narrow screens. Use Th scope="row" for the first cell of a row: it
 * and the head above it stay in sight.
 */
export function Table({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn('relative overflow-x-auto focus-visible:-outline-offset-2', className)}
    >
      <table className="w-full border-separate border-spacing-0 text-sm">{children}</table>
    </section>
  );
}

export function Thead({ className, ...rest }: ComponentProps<'thead'>) {
  return <thead {...rest} className={cn('bg-well text-left text-muted text-xs', className)} />;
}

export function Tbody({ className, ...rest }: ComponentProps<'tbody'>) {
  return <tbody {...rest} className={cn('[&>tr:last-child>*]:border-b-0', className)} />;
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr {...rest} className={cn('transition-colors [tbody>&]:hover:bg-well', className)} />;
}

export interface CellProps {
  numeric?: boolean;
}

export function Th({ numeric, scope = 'col', className, ...rest }: ComponentProps<'th'> & CellProps) {
  return (
    <th
      {...rest}
      scope={scope}
      className={cn(
        'border-line border-b px-4 py-2.5 text-left font-semibold whitespace-nowrap',
        'first:sticky first:left-0 first:z-1',
        scope === 'row'
          ? 'bg-surface text-ink max-sm:max-w-36 max-sm:whitespace-normal [tr:hover>&]:bg-well'
          : 'first:bg-well',
        numeric && 'text-right',
        className,
      )}
    />
  );
}

export function Td({ numeric, className, ...rest }: ComponentProps<'td'> & CellProps) {
  return (
    <td
      {...rest}
      className={cn('border-line border-b px-4 py-2.5 align-middle', numeric && 'text-right tabular-nums', className)}
    />
  );
}
