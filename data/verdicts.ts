import type { Viewer } from '#domain/access/viewer.ts';
import { nextTaskState, untouchedTask } from '#domain/attempt/next-task-state.ts';
import { type TaskVerdict, taskVerdictSchema } from '#domain/check/verdict.ts';
import type { Facts } from '#domain/facts/facts.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { requireAttemptView } from './access.ts';
import { findAttempt, getAttempt } from './attempts.ts';
import { boundFacts } from './bounded-facts.ts';
import type { Db, Tx } from './db.ts';
import { inTurn } from './in-turn.ts';
import { toJson } from './json.ts';
import type { System } from './system.ts';
import { type TaskProgressRecord, toTaskProgress } from './task-progress.ts';

/** How much of a task's history is kept. */
export const verdictLimits = {
  /** Verdicts of one task of one attempt; with facts of 256 KiB at most 12.5 MiB. */
  keptPerTask: 50,
} as const;

/** A verdict with the facts it was made from, as instructors open it. */
export interface VerdictDetail {
  id: string;
  attemptId: string;
  learner: { id: string; name: string };
  course: string;
  lab: string;
  task: string;
  verdict: TaskVerdict;
  facts: Facts;
  at: number;
}

/** A verdict in the history of a task. */
export interface VerdictSummary {
  id: string;
  outcome: TaskVerdict['outcome'];
  verdict: TaskVerdict;
  at: number;
}

export interface NewVerdict {
  attemptId: string;
  verdict: TaskVerdict;
  facts: Facts;
  /** Whether it counts as a try of the learner's. */
  counted: boolean;
}

/**
 * Records what a look said: the task's state and, when it says something new, the verdict with its facts, at once or
 * not at all. `changed`: something the page shows is different now. A finished attempt is left as it is.
 */
export async function recordVerdict(
  db: Db,
  actor: System,
  { attemptId, verdict, facts, counted }: NewVerdict,
): Promise<{ task: TaskProgressRecord; changed: boolean }> {
  return inTurn(db, `attempt:${attemptId}`, async tx => {
    const attempt = await findAttempt(tx, actor, attemptId);
    if (!attempt) throw new CodedError('not-found', `attempt ${attemptId}`);
    const where = { attemptId_task: { attemptId, task: verdict.task } };
    const before = await tx.taskProgress.findUnique({ where });
    const shown = await findVerdict(tx, before?.verdictId ?? null);
    const stored = before ? toTaskProgress(before, shown) : { ...untouchedTask(verdict.task), verdictId: null };
    if (attempt.status === 'finished') return { task: stored, changed: false };

    const { next, news } = nextTaskState(stored, verdict);
    const data = {
      state: next.state,
      passedAt: next.passedAt === null ? null : new Date(next.passedAt),
      attempts: next.attempts + (counted ? 1 : 0),
      verdictId: news ? await storeVerdict(tx, attemptId, verdict, facts) : stored.verdictId,
    };
    const create = { attemptId, task: verdict.task, ...data };
    const row = await tx.taskProgress.upsert({ where, create, update: data });
    return { task: toTaskProgress(row, next.verdict), changed: news || counted };
  });
}

/** One verdict with its facts. Throws `not-found` when it is not the viewer's to see. */
export async function getVerdict(db: Tx, viewer: Viewer, id: string): Promise<VerdictDetail> {
  const row = await db.verdictRecord.findUnique({ where: { id }, include: { attempt: { include: { user: true } } } });
  if (!row) throw new CodedError('not-found', `verdict ${id}`);
  const { user, course, lab } = row.attempt;
  await requireAttemptView(db, viewer, user.id);
  return {
    id,
    attemptId: row.attemptId,
    learner: { id: user.id, name: user.name },
    course,
    lab,
    task: row.task,
    verdict: row.verdict as unknown as TaskVerdict,
    facts: row.facts as unknown as Facts,
    at: row.at.getTime(),
  };
}

/** The verdicts of one task, newest first: as many as are kept. */
export async function listVerdicts(db: Tx, viewer: Viewer, attemptId: string, task: string): Promise<VerdictSummary[]> {
  await getAttempt(db, viewer, attemptId);
  const rows = await db.verdictRecord.findMany({
    where: { attemptId, task },
    orderBy: { at: 'desc' },
    select: { id: true, verdict: true, at: true },
  });
  return rows.map(row => {
    const verdict = row.verdict as unknown as TaskVerdict;
    return { id: row.id, outcome: verdict.outcome, verdict, at: row.at.getTime() };
  });
}

async function findVerdict(tx: Tx, id: string | null): Promise<TaskVerdict | null> {
  if (id === null) return null;
  const row = await tx.verdictRecord.findUnique({ where: { id }, select: { verdict: true } });
  const parsed = taskVerdictSchema.safeParse(row?.verdict);
  return parsed.success ? parsed.data : null;
}

async function storeVerdict(tx: Tx, attemptId: string, verdict: TaskVerdict, facts: Facts): Promise<string> {
  const row = await tx.verdictRecord.create({
    data: {
      attemptId,
      task: verdict.task,
      outcome: verdict.outcome,
      verdict: toJson(verdict),
      facts: toJson(boundFacts(facts)),
      at: new Date(verdict.at),
    },
    select: { id: true },
  });
  await dropOldest(tx, attemptId, verdict.task);
  return row.id;
}

/** Somebody may toggle a container all day: the newest are kept, and the first pass, which a grade may rest on. */
async function dropOldest(tx: Tx, attemptId: string, task: string): Promise<void> {
  const rows = await tx.verdictRecord.findMany({
    where: { attemptId, task },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { id: true, outcome: true },
  });
  if (rows.length <= verdictLimits.keptPerTask) return;
  const firstPass = rows.findLast(row => row.outcome === 'passed')?.id;
  const old = rows.slice(verdictLimits.keptPerTask).filter(row => row.id !== firstPass);
  await tx.verdictRecord.deleteMany({ where: { id: { in: old.map(row => row.id) } } });
}
