import { type ProgressState, progressStates } from './learner-progress.ts';

/** How the reader arranged the table. It stands in the page's address, so that going back from a verdict keeps it. */
export interface TableView {
  /** A column's id. */
  sort: string;
  descending: boolean;
  /** What was typed to find a name. */
  find: string;
  progress: ProgressState | null;
}

export const plainView: TableView = { sort: 'name', descending: false, find: '', progress: null };

const findMax = 100;

/** Reads the view of a page's search parameters; what is not understood is as if it were not there. */
export function readTableView(search: Record<string, unknown>, columns: readonly string[]): TableView {
  const text = (name: string) => (typeof search[name] === 'string' ? search[name] : '');
  const [, minus, sort = ''] = /^(-?)(.*)$/.exec(text('sort')) ?? [];
  const known = columns.includes(sort);
  return {
    sort: known ? sort : plainView.sort,
    descending: known && minus === '-',
    find: text('find').slice(0, findMax),
    progress: progressStates.find(state => state === text('show')) ?? null,
  };
}

/** The search parameters of a view: "" for the plain one, else "?sort=-active&find=ada". */
export function writeTableView(view: TableView): string {
  const search = new URLSearchParams();
  if (view.sort !== plainView.sort || view.descending) search.set('sort', `${view.descending ? '-' : ''}${view.sort}`);
  if (view.find) search.set('find', view.find.slice(0, findMax));
  if (view.progress) search.set('show', view.progress);
  return search.size === 0 ? '' : `?${search}`;
}
