'use client';
import { useTable } from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { ClassRow } from '#domain/protocol/live.ts';
import { progressState, progressWords, tasksDone } from './learner-progress.ts';
import { RelativeTime } from './relative-time.tsx';
import { ResultsCell } from './results-cell.tsx';
import { taskColumn } from './results-column-ids.ts';
import { resultsColumns, resultsFeatures } from './results-columns.ts';
import { SortHead } from './results-head.tsx';
import { ResultsToolbar } from './results-toolbar.tsx';
import type { TableView } from './table-address.ts';
import type { TableTask } from './table-task.ts';

export interface ResultsTableProps {
  rows: ClassRow[];
  tasks: readonly TableTask[];
  view: TableView;
  onView: (view: TableView) => void;
  /** Where a cell's verdict is shown: below this, by attempt and task. */
  href: string;
  /** Stands at the right end above the table. */
  aside?: ReactNode;
}

/** Learner × task. Sorting and finding happen here; the rows come live from outside. */
export function ResultsTable({ rows, tasks, view, onView, href, aside }: ResultsTableProps) {
  const columns = useMemo(() => resultsColumns(tasks), [tasks]);
  const table = useTable({
    features: resultsFeatures,
    columns,
    data: rows,
    getRowId: row => row.userId,
    state: {
      sorting: [{ id: view.sort, desc: view.descending }],
      columnFilters: [
        ...(view.find.trim() ? [{ id: 'name', value: view.find.trim() }] : []),
        ...(view.progress ? [{ id: 'progress', value: view.progress }] : []),
      ],
    },
  });
  const shown = table.getRowModel().rows;
  const sort = (column: string) =>
    onView({ ...view, sort: column, descending: view.sort === column ? !view.descending : false });
  const head = { state: view, onSort: sort };

  return (
    <div className="grid gap-4">
      <ResultsToolbar
        view={view}
        onChange={change => onView({ ...view, ...change })}
        shown={shown.length}
        all={rows.length}
        aside={aside}
      />
      {shown.length === 0 ? (
        <EmptyState title="Nobody fits">
          No learner of this class is found by this. Type less, or show everybody.
        </EmptyState>
      ) : (
        <Card kind="flush">
          <Table label="Results, learner by task">
            <Thead>
              <tr>
                <SortHead {...head} column="name">
                  Learner
                </SortHead>
                <SortHead {...head} column="progress">
                  Done
                </SortHead>
                <SortHead {...head} column="active">
                  Last active
                </SortHead>
                {tasks.map(task => (
                  <SortHead key={task.id} {...head} column={taskColumn(task.id)} detail={task.step}>
                    Task {task.number}
                  </SortHead>
                ))}
              </tr>
            </Thead>
            <Tbody>
              {shown.map(({ original: row }) => (
                <Tr key={row.userId}>
                  <Th scope="row" className="max-w-52 px-3 font-normal">
                    <span className="block truncate font-semibold max-sm:whitespace-normal">{row.name}</span>
                    <span className="block truncate text-muted text-xs max-sm:hidden">{row.email}</span>
                  </Th>
                  <Td className="whitespace-nowrap px-3">
                    <span className="font-semibold tabular-nums">
                      {tasksDone(row)} of {tasks.length}
                    </span>
                    <span className="block text-muted text-xs">
                      {progressWords[progressState(row)]}
                      {row.finishedAt !== null && (
                        <>
                          {' '}
                          <RelativeTime at={row.finishedAt} />
                        </>
                      )}
                    </span>
                  </Td>
                  <Td className="px-3 text-muted">
                    <RelativeTime at={row.lastActiveAt} />
                  </Td>
                  {tasks.map(task => {
                    const cell = row.cells.find(one => one.task === task.id);
                    const open = row.attemptId !== null && cell && cell.verdictId !== null;
                    return (
                      <Td key={task.id} className="px-3">
                        <ResultsCell
                          cell={cell}
                          href={open ? `${href}/${row.attemptId}/${encodeURIComponent(task.id)}` : null}
                          about={`${row.name}, task ${task.number}`}
                        />
                      </Td>
                    );
                  })}
                </Tr>
              ))}
            </Tbody>
          </Table>
        </Card>
      )}
    </div>
  );
}
