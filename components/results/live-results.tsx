'use client';
import { useState } from 'react';
import type { ClassRow } from '#domain/protocol/live.ts';
import { LiveBadge } from './live-badge.tsx';
import { ResultsSums } from './results-sums.tsx';
import { ResultsTable } from './results-table.tsx';
import { type TableView, writeTableView } from './table-address.ts';
import type { TableTask } from './table-task.ts';
import { TaskList } from './task-list.tsx';
import { type ClassTableRef, useClassRows } from './use-class-rows.ts';

export interface LiveResultsProps {
  table: ClassTableRef;
  rows: ClassRow[];
  tasks: readonly TableTask[];
  view: TableView;
  /** This page's address without search. */
  href: string;
}

/** The results of one assigned lab, as they come in. */
export function LiveResults({ table, rows: initial, tasks, view: first, href }: LiveResultsProps) {
  const { rows, connection } = useClassRows(table, initial);
  const [view, setView] = useState(first);
  const show = (next: TableView) => {
    setView(next);
    window.history.replaceState(null, '', `${href}${writeTableView(next)}`);
  };
  return (
    <div className="grid gap-6">
      <ResultsSums rows={rows} tasks={tasks.length} />
      <ResultsTable
        rows={rows}
        tasks={tasks}
        view={view}
        onView={show}
        href={href}
        aside={<LiveBadge connection={connection} />}
      />
      <TaskList tasks={tasks} rows={rows} />
    </div>
  );
}
