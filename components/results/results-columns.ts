import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { ClassRow } from '#domain/protocol/live.ts';
import { cellRank } from './cell-look.ts';
import { progressState, progressStates, tasksDone } from './learner-progress.ts';
import { taskColumn } from './results-column-ids.ts';
import type { TableTask } from './table-task.ts';

export const resultsFeatures = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
});

const column = createColumnHelper<typeof resultsFeatures, ClassRow>();
const byName = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** Ascending in each column: A to Z, least done, needs help, longest silent first; who never began stands last. */
export function resultsColumns(tasks: readonly TableTask[]) {
  return column.columns([
    column.accessor('name', {
      id: 'name',
      sortFn: (a, b) =>
        byName.compare(a.original.name, b.original.name) || byName.compare(a.original.email, b.original.email),
      filterFn: (row, _column, typed: string) => matchesName(row.original, typed),
    }),
    column.accessor(row => progressState(row), {
      id: 'progress',
      sortFn: (a, b) => progressOrder(a.original) - progressOrder(b.original),
      filterFn: (row, _column, state: string) => progressState(row.original) === state,
    }),
    ...tasks.map(task =>
      column.accessor(row => cellRank(row.cells.find(cell => cell.task === task.id)), {
        id: taskColumn(task.id),
        sortFn: (a, b, id) => a.getValue<number>(id) - b.getValue<number>(id),
      }),
    ),
    column.accessor(row => row.lastActiveAt ?? undefined, {
      id: 'active',
      sortFn: (a, b, id) => a.getValue<number>(id) - b.getValue<number>(id),
      sortUndefined: 'last',
    }),
  ]);
}

/** Every typed word is in the name or the email, in any order. */
export function matchesName({ name, email }: Pick<ClassRow, 'name' | 'email'>, typed: string): boolean {
  const text = `${name} ${email}`.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}

function progressOrder(row: ClassRow): number {
  // Who finished with fewer tasks still stands after who works.
  return progressStates.indexOf(progressState(row)) * 1_000 + tasksDone(row);
}
