import type { TableTask } from './table-task.ts';

/** The id of a task's column. Prefixed: a task may be called "name". */
export function taskColumn(task: string): string {
  return `task.${task}`;
}

/** Every column of the table. */
export function resultsColumnIds(tasks: readonly TableTask[]): string[] {
  return ['name', 'progress', 'active', ...tasks.map(task => taskColumn(task.id))];
}
