'use client';
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
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
  /** Where the join link is. */
  classHref: string;
}

/** The results of one assigned lab, as they come in. */
export function LiveResults({ table, rows: initial, tasks, view: first, href, classHref }: LiveResultsProps) {
  const { rows, connection } = useClassRows(table, initial);
  const [view, setView] = useState(first);
  const show = (next: TableView) => {
    setView(next);
    window.history.replaceState(null, '', `${href}${writeTableView(next)}`);
  };
  if (rows.length === 0)
    return (
      <EmptyState
        icon={<UsersRound />}
        title="Nobody has joined this class yet"
        action={
          <LinkButton href={classHref} variant="primary">
            To the join link
          </LinkButton>
        }
      >
        Each learner will be a row here, each task a column: it fills by itself while they work.
      </EmptyState>
    );
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
