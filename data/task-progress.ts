import type { Viewer } from '#domain/access/viewer.ts';
import type { TaskState } from '#domain/attempt/attempt.ts';
import type { TaskVerdict } from '#domain/check/verdict.ts';
import { getAttempt, getOpenAttempt } from './attempts.ts';
import { writeAudit } from './audit.ts';
import type { Db, Tx } from './db.ts';
import { inTurn } from './in-turn.ts';
import type { Actor } from './system.ts';

/** A task's state, with the id of the verdict it shows. */
export type TaskProgressRecord = TaskState & { verdictId: string | null };

/** The tasks of an attempt that something is known of; the others are open. */
export async function listTaskProgress(db: Tx, actor: Actor, attemptId: string): Promise<TaskProgressRecord[]> {
  await getAttempt(db, actor, attemptId);
  const rows = await db.taskProgress.findMany({ where: { attemptId } });
  const ids = rows.flatMap(row => row.verdictId ?? []);
  const verdicts = await db.verdictRecord.findMany({ where: { id: { in: ids } }, select: { id: true, verdict: true } });
  const byId = new Map(verdicts.map(row => [row.id, row.verdict as unknown as TaskVerdict]));
  return rows.map(row => toTaskProgress(row, byId.get(row.verdictId ?? '') ?? null));
}

/** Opens the next hint of `hints` there are; returns how many are open now. */
export async function openHint(
  db: Db,
  viewer: Viewer,
  attemptId: string,
  task: string,
  hints: number,
): Promise<number> {
  return inTurn(db, `attempt:${attemptId}`, async tx => {
    await getOpenAttempt(tx, viewer, attemptId);
    const where = { attemptId_task: { attemptId, task } };
    const opened = (await tx.taskProgress.findUnique({ where }))?.hintsOpened ?? 0;
    if (opened >= hints) return hints;
    const data = { hintsOpened: opened + 1 };
    await tx.taskProgress.upsert({ where, create: { attemptId, task, ...data }, update: data });
    await writeAudit(tx, viewer, 'hint.open', `attempt:${attemptId}`, { task, hint: opened + 1 });
    return opened + 1;
  });
}

/** Notes that the solution was opened; it stays noted. */
export async function openSolution(db: Db, viewer: Viewer, attemptId: string, task: string): Promise<void> {
  await inTurn(db, `attempt:${attemptId}`, async tx => {
    await getOpenAttempt(tx, viewer, attemptId);
    const where = { attemptId_task: { attemptId, task } };
    const data = { solutionOpened: true };
    await tx.taskProgress.upsert({ where, create: { attemptId, task, ...data }, update: data });
    await writeAudit(tx, viewer, 'solution.open', `attempt:${attemptId}`, { task });
  });
}

type Row = Awaited<ReturnType<Tx['taskProgress']['findUniqueOrThrow']>>;

/** A stored row and the verdict it points at, as the page knows it. */
export function toTaskProgress(row: Row, verdict: TaskVerdict | null): TaskProgressRecord {
  return {
    task: row.task,
    state: row.state === 'passed' || row.state === 'undone' ? row.state : 'open',
    passedAt: row.passedAt?.getTime() ?? null,
    attempts: row.attempts,
    hintsOpened: row.hintsOpened,
    solutionOpened: row.solutionOpened,
    verdict,
    verdictId: row.verdictId,
  };
}
