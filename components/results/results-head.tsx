'use client';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import { Th } from '#components/ui/table.tsx';

export interface SortState {
  sort: string;
  descending: boolean;
}

/** A column's head that sorts by it; a second press turns the order round. */
export function SortHead(props: {
  column: string;
  state: SortState;
  /** Below the name. */
  detail?: string;
  onSort: (column: string) => void;
  children: ReactNode;
}) {
  const { column, state, detail, onSort, children } = props;
  const active = state.sort === column;
  const Arrow = active ? (state.descending ? ArrowDown : ArrowUp) : ChevronsUpDown;
  return (
    <Th aria-sort={active ? (state.descending ? 'descending' : 'ascending') : undefined} className="px-3 align-bottom">
      <button
        type="button"
        onClick={() => onSort(column)}
        className={cn(
          '-mx-2 -my-1 inline-flex items-center gap-1 rounded-md px-2 py-1 font-semibold hover:bg-line/60 hover:text-ink pointer-coarse:min-h-10',
          active && 'text-ink',
        )}
      >
        {children}
        <Arrow aria-hidden className={cn('size-3.5 shrink-0', !active && 'text-faint')} />
      </button>
      {detail && (
        <span title={detail} className="block max-w-28 truncate font-normal text-faint">
          {detail}
        </span>
      )}
    </Th>
  );
}
