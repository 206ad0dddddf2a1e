import { can } from '#domain/access/policies.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { Lab } from '#domain/lab/lab.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { requireAttemptAct, requireAttemptView } from './access.ts';
import { writeAudit } from './audit.ts';
import type { Db, Tx } from './db.ts';
import { inTurn } from './in-turn.ts';
import { toJson } from './json.ts';
import type { Actor, System } from './system.ts';

/** One learner's run through one lab. Times are epoch milliseconds. */
export interface AttemptRecord {
  id: string;
  userId: string;
  course: string;
  lab: string;
  labHash: string;
  status: 'active' | 'finished';
  step: string;
  sandboxId: string | null;
  startedAt: number;
  finishedAt: number | null;
  lastActiveAt: number;
}

/** The viewer's attempt of this lab that is not finished; the one last worked in when there are two. */
export async function findActiveAttempt(
  db: Tx,
  viewer: Viewer,
  course: string,
  lab: string,
): Promise<AttemptRecord | null> {
  const row = await db.attempt.findFirst({
    where: { userId: viewer.userId, course, lab, status: 'active' },
    orderBy: { lastActiveAt: 'desc' },
  });
  return row && toRecord(row);
}

/** Begins an attempt, pinned to the lab as it is now, at its first step. Returns the active one when there is one. */
export async function createAttempt(db: Db, viewer: Viewer, lab: Lab): Promise<AttemptRecord> {
  if (!can(viewer, 'attempt.start', null)) throw new CodedError('forbidden', 'attempt.start');
  const step = lab.steps[0]?.slug;
  if (step === undefined) throw new CodedError('internal', `lab ${lab.course}/${lab.slug} has no step`);
  return inTurn(db, `learner:${viewer.userId}`, async tx => {
    const active = await findActiveAttempt(tx, viewer, lab.course, lab.slug);
    if (active) return active;
    const version = { hash: lab.hash, course: lab.course, lab: lab.slug };
    await tx.labVersion.upsert({
      where: { hash: lab.hash },
      create: { ...version, content: toJson(lab) },
      update: {},
    });
    const row = await tx.attempt.create({
      data: { userId: viewer.userId, course: lab.course, lab: lab.slug, labHash: lab.hash, step },
    });
    await writeAudit(tx, viewer, 'attempt.start', `attempt:${row.id}`, { course: lab.course, lab: lab.slug });
    return toRecord(row);
  });
}

/** The attempt, for who may look at it. Throws `not-found`. */
export async function getAttempt(db: Tx, actor: Actor, id: string): Promise<AttemptRecord> {
  const row = await db.attempt.findUnique({ where: { id } });
  if (!row) throw new CodedError('not-found', `attempt ${id}`);
  await requireAttemptView(db, actor, row.userId);
  return toRecord(row);
}

/** The attempt, for who may act in it: the owner. Throws `not-found` or `forbidden`. */
export async function getOwnAttempt(db: Tx, viewer: Viewer, id: string): Promise<AttemptRecord> {
  const row = await db.attempt.findUnique({ where: { id } });
  if (!row) throw new CodedError('not-found', `attempt ${id}`);
  await requireAttemptAct(db, viewer, row.userId);
  return toRecord(row);
}

/** As `getOwnAttempt`, and `conflict` when it is finished: nothing more is written into it. */
export async function getOpenAttempt(db: Tx, viewer: Viewer, id: string): Promise<AttemptRecord> {
  const attempt = await getOwnAttempt(db, viewer, id);
  if (attempt.status === 'finished')
    throw new CodedError('conflict', `attempt ${id} is finished`, {
      learnerMessage: 'This attempt is finished; it is kept as it is. Start the lab again to go on practising.',
    });
  return attempt;
}

/** Those of these attempts that are the viewer's. */
export async function listOwnAttempts(db: Tx, viewer: Viewer, ids: string[]): Promise<AttemptRecord[]> {
  return (await db.attempt.findMany({ where: { id: { in: ids }, userId: viewer.userId } })).map(toRecord);
}

/** The attempt, if there is one. */
export async function findAttempt(db: Tx, _system: System, id: string): Promise<AttemptRecord | null> {
  const row = await db.attempt.findUnique({ where: { id } });
  return row && toRecord(row);
}

/** Which sandbox the attempt has now; null: none. */
export async function setSandbox(db: Tx, _system: System, id: string, sandboxId: string | null): Promise<void> {
  await db.attempt.updateMany({ where: { id }, data: { sandboxId } });
}

/** The learner did something just now. */
export async function touchAttempt(db: Tx, _system: System, id: string): Promise<void> {
  await db.attempt.updateMany({ where: { id }, data: { lastActiveAt: new Date() } });
}

/** Ends the attempt; done already is done. */
export async function finishAttempt(db: Db, viewer: Viewer, id: string): Promise<AttemptRecord> {
  return inTurn(db, `attempt:${id}`, async tx => {
    const attempt = await getOwnAttempt(tx, viewer, id);
    if (attempt.status === 'finished') return attempt;
    const now = new Date();
    const data = { status: 'finished', finishedAt: now, lastActiveAt: now };
    const row = await tx.attempt.update({ where: { id }, data });
    await writeAudit(tx, viewer, 'attempt.finish', `attempt:${id}`, { course: attempt.course, lab: attempt.lab });
    return toRecord(row);
  });
}

type Row = Awaited<ReturnType<Tx['attempt']['findUniqueOrThrow']>>;

function toRecord(row: Row): AttemptRecord {
  const { id, userId, course, lab, labHash, step, sandboxId } = row;
  return {
    id,
    userId,
    course,
    lab,
    labHash,
    step,
    sandboxId,
    status: row.status === 'finished' ? 'finished' : 'active',
    startedAt: row.startedAt.getTime(),
    finishedAt: row.finishedAt?.getTime() ?? null,
    lastActiveAt: row.lastActiveAt.getTime(),
  };
}
