import { tableTasks } from '#app/(teach)/_components/lab-table-tasks.ts';
import { cellLook } from '#components/results/cell-look.ts';
import type { VerdictState } from '#components/ui/verdict-look.ts';
import { getPinnedLab } from '#data/attempt-lab.ts';
import { classRows } from '#data/class-results.ts';
import { getClass } from '#data/classes.ts';
import { listTaskProgress, type TaskProgressRecord } from '#data/task-progress.ts';
import { getVerdict, listVerdicts, type VerdictDetail, type VerdictSummary } from '#data/verdicts.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { untouchedTask } from '#domain/attempt/next-task-state.ts';
import { getRuntime } from '#server/runtime.ts';

export interface TaskVerdictsRef {
  classId: string;
  course: string;
  lab: string;
  attemptId: string;
  task: string;
  /** null: the newest. */
  verdictId: string | null;
}

export interface TaskVerdicts {
  className: string;
  learner: string;
  about: { number: number; goal: string; hints: number; labTitle: string };
  look: VerdictState;
  progress: Omit<TaskProgressRecord, 'verdictId'>;
  shown: VerdictDetail | null;
  history: VerdictSummary[];
}

/**
 * All that an instructor sees of one task of a learner of the class; null when the attempt is not in this table.
 * Throws `not-found` and `forbidden` as the data functions do.
 */
export async function loadTaskVerdicts(viewer: Viewer, ref: TaskVerdictsRef): Promise<TaskVerdicts | null> {
  const { db } = getRuntime();
  const { classId, course, lab, attemptId, task } = ref;
  const rows = await classRows(db, viewer, classId, course, lab, [task]);
  const row = rows.find(one => one.attemptId === attemptId);
  if (!row) return null;
  const pinned = await getPinnedLab(db, viewer, attemptId);
  const column = tableTasks(pinned).find(one => one.id === task);
  if (!column) return null;
  const history = await listVerdicts(db, viewer, attemptId, task);
  // Only verdicts of this task: an id in the address may be of another.
  const id = (history.find(one => one.id === ref.verdictId) ?? history[0])?.id;
  const progress = (await listTaskProgress(db, viewer, attemptId)).find(one => one.task === task);
  const hints = pinned.steps.flatMap(step => step.tasks).find(one => one.id === task)?.hints.length ?? 0;
  return {
    className: (await getClass(db, viewer, classId)).name,
    learner: row.name,
    about: { number: column.number, goal: column.goal, hints, labTitle: pinned.title },
    look: cellLook(row.cells[0]),
    progress: progress ?? untouchedTask(task),
    shown: id === undefined ? null : await getVerdict(db, viewer, id),
    history,
  };
}
