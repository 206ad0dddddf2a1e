import type { ClassRow } from '#domain/protocol/live.ts';
import { cellLook } from './cell-look.ts';

export const progressStates = ['not-started', 'working', 'finished'] as const;
export type ProgressState = (typeof progressStates)[number];

export const progressWords: Record<ProgressState, string> = {
  'not-started': 'Not started',
  working: 'Working',
  finished: 'Finished',
};

export function progressState(row: ClassRow): ProgressState {
  if (row.attemptId === null) return 'not-started';
  return row.finishedAt === null ? 'working' : 'finished';
}

/** Tasks that count as done: passed now, or passed and undone since. */
export function tasksDone(row: ClassRow): number {
  return row.cells.filter(cell => cell.state !== 'open').length;
}

export interface ClassSums {
  learners: number;
  started: number;
  finished: number;
  /** Of all learners' tasks, done ones; whole percent. */
  percentDone: number;
}

export function classSums(rows: ClassRow[], tasks: number): ClassSums {
  const done = rows.reduce((sum, row) => sum + tasksDone(row), 0);
  const all = rows.length * tasks;
  return {
    learners: rows.length,
    started: rows.filter(row => row.attemptId !== null).length,
    finished: rows.filter(row => row.finishedAt !== null).length,
    // Rounded down: 100 % is said only when it is all.
    percentDone: all === 0 ? 0 : Math.floor((100 * done) / all),
  };
}

export interface TaskSums {
  done: number;
  notYet: number;
  undone: number;
  unknown: number;
}

/** How the class gets on with one task. */
export function taskSums(rows: ClassRow[], task: string): TaskSums {
  const looks = rows.map(row => cellLook(row.cells.find(cell => cell.task === task)));
  const count = (look: string) => looks.filter(one => one === look).length;
  const undone = count('undone');
  return { done: count('passed') + undone, notYet: count('failed'), undone, unknown: count('unknown') };
}
