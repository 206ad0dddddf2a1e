import type { Viewer } from '#domain/access/viewer.ts';
import type { Tx } from './db.ts';

/** How far the viewer is in one lab: the attempt last worked in. */
export interface LabProgress {
  course: string;
  lab: string;
  attemptId: string;
  status: 'active' | 'finished';
  step: string;
  /** Tasks that passed once, undone ones included. */
  tasksPassed: number;
  startedAt: number;
  finishedAt: number | null;
  lastActiveAt: number;
}

/** The viewer's labs, the one last worked in first; of one course, or of all. */
export async function labProgress(db: Tx, viewer: Viewer, course?: string): Promise<LabProgress[]> {
  const rows = await db.attempt.findMany({
    where: { userId: viewer.userId, ...(course === undefined ? {} : { course }) },
    include: { tasks: { select: { state: true } } },
    orderBy: { lastActiveAt: 'desc' },
  });
  const seen = new Set<string>();
  const newest = rows.filter(row => {
    const key = `${row.course}/${row.lab}`;
    return !seen.has(key) && seen.add(key);
  });
  return newest.map(row => ({
    course: row.course,
    lab: row.lab,
    attemptId: row.id,
    status: row.status === 'finished' ? 'finished' : 'active',
    step: row.step,
    tasksPassed: row.tasks.filter(task => task.state !== 'open').length,
    startedAt: row.startedAt.getTime(),
    finishedAt: row.finishedAt?.getTime() ?? null,
    lastActiveAt: row.lastActiveAt.getTime(),
  }));
}
