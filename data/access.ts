import { can } from '#domain/access/policies.ts';
import { type ClassRole, isClassRole } from '#domain/access/roles.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import type { Tx } from './db.ts';
import { type Actor, isSystem } from './system.ts';

/** The viewer's role in a class; null when not a member. */
export async function classRoleOf(db: Tx, viewer: Viewer, classId: string): Promise<ClassRole | null> {
  const row = await db.classMember.findUnique({ where: { classId_userId: { classId, userId: viewer.userId } } });
  return row && isClassRole(row.role) ? row.role : null;
}

/** Throws unless the viewer may do this with the class: `not-found` when it may not even be seen, else `forbidden`. */
export async function requireClass(
  db: Tx,
  viewer: Viewer,
  action: 'class.view' | 'class.manage' | 'class.results',
  classId: string,
): Promise<{ memberRole: ClassRole | null }> {
  const there = await db.class.findUnique({ where: { id: classId }, select: { id: true } });
  const memberRole = there ? await classRoleOf(db, viewer, classId) : null;
  if (!there || !can(viewer, 'class.view', { memberRole })) throw new CodedError('not-found', `class ${classId}`);
  if (!can(viewer, action, { memberRole })) throw new CodedError('forbidden', `${action} ${classId}`);
  return { memberRole };
}

/** Whether the viewer is an instructor of a class that the learner belongs to. */
export async function teaches(db: Tx, viewer: Viewer, learnerId: string): Promise<boolean> {
  const shared = await db.class.findFirst({
    where: {
      AND: [
        { members: { some: { userId: viewer.userId, role: 'instructor' } } },
        { members: { some: { userId: learnerId, role: 'learner' } } },
      ],
    },
    select: { id: true },
  });
  return shared !== null;
}

/** Throws `not-found` unless the actor may look at attempts of this owner (the platform always may). */
export async function requireAttemptView(db: Tx, actor: Actor, ownerId: string): Promise<void> {
  if (isSystem(actor)) return;
  if (can(actor, 'attempt.view', { ownerId, taughtByViewer: false })) return;
  const subject = { ownerId, taughtByViewer: await teaches(db, actor, ownerId) };
  if (!can(actor, 'attempt.view', subject)) throw new CodedError('not-found', `attempt of ${ownerId}`);
}

/** Throws unless the viewer may act in attempts of this owner: `forbidden` for who may look only, else `not-found`. */
export async function requireAttemptAct(db: Tx, viewer: Viewer, ownerId: string): Promise<void> {
  await requireAttemptView(db, viewer, ownerId);
  if (!can(viewer, 'attempt.act', { ownerId, taughtByViewer: false }))
    throw new CodedError('forbidden', `acting in an attempt of ${ownerId}`, {
      learnerMessage: 'This is the attempt of somebody else: you may look at it, not work in it. Nothing was changed.',
    });
}
