import { can } from '#domain/access/policies.ts';
import { type ClassRole, isClassRole } from '#domain/access/roles.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { requireClass } from './access.ts';
import { writeAudit } from './audit.ts';
import type { Db, Tx } from './db.ts';
import { inTurn } from './in-turn.ts';
import { normalizeJoinCode } from './join-code.ts';

/** The class that a join link leads to; null for an unknown code or an archived class. For anybody who has the link. */
export async function findClassByCode(db: Tx, code: string): Promise<{ id: string; name: string } | null> {
  return db.class.findFirst({
    where: { joinCode: normalizeJoinCode(code), archivedAt: null },
    select: { id: true, name: true },
  });
}

/** Makes the viewer a learner of the class; who is a member already stays what they are. Guests: `forbidden`. */
export async function joinClass(db: Db, viewer: Viewer, code: string): Promise<{ id: string; name: string }> {
  if (!can(viewer, 'class.join', null))
    throw new CodedError('forbidden', 'class.join as a guest', {
      learnerMessage: 'Guests cannot join a class. Your progress is kept. Make an account first, then join.',
    });
  const { id = '' } = (await findClassByCode(db, code)) ?? {};
  return inTurn(db, `class:${id}`, async tx => {
    // Again: the code may have been renewed, or the class archived, until it was our turn.
    const found = await findClassByCode(tx, code);
    if (!found)
      throw new CodedError('not-found', 'join code', {
        learnerMessage:
          'This join link leads to no class (any more). Nothing was changed. Ask your instructor for a new one.',
      });
    const key = { classId: found.id, userId: viewer.userId };
    if (await tx.classMember.findUnique({ where: { classId_userId: key } })) return found;
    await tx.classMember.create({ data: { ...key, role: 'learner' } });
    await writeAudit(tx, viewer, 'class.join', `class:${found.id}`);
    return found;
  });
}

/** Takes somebody out of the class; their attempts stay theirs. The last instructor stays (`conflict`). */
export async function removeMember(db: Db, viewer: Viewer, classId: string, userId: string): Promise<void> {
  await inTurn(db, `class:${classId}`, async tx => {
    await requireClass(tx, viewer, 'class.manage', classId);
    await keepInstructor(tx, classId, userId);
    await tx.classMember.deleteMany({ where: { classId, userId } });
    await writeAudit(tx, viewer, 'class.remove-member', `class:${classId}`, { user: userId });
  });
}

/** Makes a member instructor of this class, or learner again. */
export async function setMemberRole(
  db: Db,
  viewer: Viewer,
  classId: string,
  userId: string,
  role: ClassRole,
): Promise<void> {
  if (!isClassRole(role)) throw new CodedError('bad-request', `class role ${String(role)}`);
  await inTurn(db, `class:${classId}`, async tx => {
    await requireClass(tx, viewer, 'class.manage', classId);
    if (role === 'learner') await keepInstructor(tx, classId, userId);
    const { count } = await tx.classMember.updateMany({ where: { classId, userId }, data: { role } });
    if (count === 0) throw new CodedError('not-found', `member ${userId} of class ${classId}`);
    await writeAudit(tx, viewer, 'class.set-role', `class:${classId}`, { user: userId, role });
  });
}

async function keepInstructor(tx: Tx, classId: string, userId: string): Promise<void> {
  const instructors = await tx.classMember.findMany({ where: { classId, role: 'instructor' } });
  if (instructors.some(member => member.userId !== userId)) return;
  if (!instructors.some(member => member.userId === userId)) return;
  throw new CodedError('conflict', `last instructor of class ${classId}`, {
    learnerMessage: 'A class keeps at least one instructor. Nothing was changed. Make somebody else instructor first.',
  });
}
