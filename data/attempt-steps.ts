import type { Viewer } from '#domain/access/viewer.ts';
import { type Facts, factsSchema } from '#domain/facts/facts.ts';
import { requireAttemptView } from './access.ts';
import { findAttempt, getOpenAttempt } from './attempts.ts';
import { boundFacts } from './bounded-facts.ts';
import type { Db, Tx } from './db.ts';
import { inTurn } from './in-turn.ts';
import { toJson } from './json.ts';
import { type Actor, type System, system } from './system.ts';

/** A step that was opened; `sandboxId` is the sandbox its baseline was taken of. */
export interface OpenedStep {
  step: string;
  openedAt: number;
  sandboxId: string | null;
}

/** The learner is at this step now. Finished attempts: `conflict`. */
export async function openStep(db: Db, viewer: Viewer, attemptId: string, step: string): Promise<void> {
  await inTurn(db, `attempt:${attemptId}`, async tx => {
    await getOpenAttempt(tx, viewer, attemptId);
    await tx.attempt.update({ where: { id: attemptId }, data: { step, lastActiveAt: new Date() } });
    const key = { attemptId_step: { attemptId, step } };
    await tx.attemptStep.upsert({ where: key, create: { attemptId, step }, update: {} });
  });
}

/** Steps opened so far, in order of opening. */
export async function listSteps(db: Tx, actor: Actor, attemptId: string): Promise<OpenedStep[]> {
  const attempt = await findAttempt(db, system, attemptId);
  if (!attempt) return [];
  await requireAttemptView(db, actor, attempt.userId);
  const rows = await db.attemptStep.findMany({
    where: { attemptId },
    orderBy: { openedAt: 'asc' },
    select: { step: true, openedAt: true, sandboxId: true },
  });
  return rows.map(row => ({ ...row, openedAt: row.openedAt.getTime() }));
}

/** The facts at the step's opening, and of which sandbox; null when none were taken (or they no longer parse). */
export async function findBaseline(
  db: Tx,
  _system: System,
  attemptId: string,
  step: string,
): Promise<{ sandboxId: string; facts: Facts } | null> {
  const row = await db.attemptStep.findUnique({ where: { attemptId_step: { attemptId, step } } });
  if (!row?.sandboxId) return null;
  const facts = factsSchema.safeParse(row.baseline);
  return facts.success ? { sandboxId: row.sandboxId, facts: facts.data } : null;
}

/** Keeps the baseline of a step, in place of one of an earlier sandbox. */
export async function saveBaseline(
  db: Tx,
  _system: System,
  attemptId: string,
  step: string,
  sandboxId: string,
  facts: Facts,
): Promise<void> {
  const baseline = toJson(boundFacts(facts));
  await db.attemptStep.upsert({
    where: { attemptId_step: { attemptId, step } },
    create: { attemptId, step, sandboxId, baseline },
    update: { sandboxId, baseline },
  });
}
