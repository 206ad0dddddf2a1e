import { can } from '#domain/access/policies.ts';
import { type ClassRole, isClassRole } from '#domain/access/roles.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { requireClass } from './access.ts';
import { writeAudit } from './audit.ts';
import { validClassName } from './class-name.ts';
import type { Db, Tx } from './db.ts';
import { inTurn } from './in-turn.ts';
import { newJoinCode } from './join-code.ts';

/** A class in a list. */
export interface ClassSummary {
  id: string;
  name: string;
  createdAt: number;
  archivedAt: number | null;
  learners: number;
  /** How many labs are assigned. */
  labs: number;
  /** null: an admin who is not a member. */
  viewerRole: ClassRole | null;
}

export interface ClassMemberRow {
  userId: string;
  name: string;
  email: string;
  role: ClassRole;
  joinedAt: number;
}

/** A class opened. Learners see neither the join code nor the members. */
export interface ClassDetail extends ClassSummary {
  joinCode: string | null;
  members: ClassMemberRow[];
  /** Whether the viewer runs this class (its instructors, admins). */
  managed: boolean;
}

/** The viewer's classes; for admins all. Archived ones last. */
export async function listClasses(db: Tx, viewer: Viewer): Promise<ClassSummary[]> {
  if (!can(viewer, 'class.list', null)) return [];
  const where = viewer.role === 'admin' ? {} : { members: { some: { userId: viewer.userId } } };
  const rows = await db.class.findMany({
    where,
    include: { members: true, _count: { select: { assignments: true } } },
    orderBy: { createdAt: 'desc' },
  });
  return rows
    .map(row => toSummary(row, viewer))
    .sort((a, b) => Number(a.archivedAt !== null) - Number(b.archivedAt !== null));
}

/** One class. Throws `not-found` for who is neither member nor admin. */
export async function getClass(db: Tx, viewer: Viewer, classId: string): Promise<ClassDetail> {
  const { memberRole } = await requireClass(db, viewer, 'class.view', classId);
  const row = await db.class.findUniqueOrThrow({
    where: { id: classId },
    include: { members: { include: { user: true } }, _count: { select: { assignments: true } } },
  });
  const managed = can(viewer, 'class.manage', { memberRole });
  const members = row.members
    .map(({ user, role, joinedAt }) => ({
      userId: user.id,
      name: user.name,
      email: user.email,
      role: classRole(role),
      joinedAt: joinedAt.getTime(),
    }))
    .sort((a, b) => a.role.localeCompare(b.role) || a.name.localeCompare(b.name));
  return {
    ...toSummary(row, viewer),
    managed,
    joinCode: managed && row.archivedAt === null ? row.joinCode : null,
    members: managed ? members : [],
  };
}

/** Makes a class with the viewer as its instructor. Instructors and admins only. */
export async function createClass(db: Db, viewer: Viewer, name: string): Promise<ClassSummary> {
  if (!can(viewer, 'class.create', null)) throw new CodedError('forbidden', 'class.create');
  const valid = validClassName(name);
  return inTurn(db, `learner:${viewer.userId}`, async tx => {
    const row = await tx.class.create({
      data: {
        name: valid,
        joinCode: newJoinCode(),
        members: { create: { userId: viewer.userId, role: 'instructor' } },
      },
      include: { members: true, _count: { select: { assignments: true } } },
    });
    await writeAudit(tx, viewer, 'class.create', `class:${row.id}`, { name: valid });
    return toSummary(row, viewer);
  });
}

export async function renameClass(db: Db, viewer: Viewer, classId: string, name: string): Promise<void> {
  const valid = validClassName(name);
  await manage(db, viewer, classId, 'class.rename', { name: valid }, tx =>
    tx.class.update({ where: { id: classId }, data: { name: valid } }),
  );
}

/** Archived: nobody can join, nothing is deleted. */
export async function archiveClass(db: Db, viewer: Viewer, classId: string, archived: boolean): Promise<void> {
  await manage(db, viewer, classId, archived ? 'class.archive' : 'class.restore', {}, tx =>
    tx.class.update({ where: { id: classId }, data: { archivedAt: archived ? new Date() : null } }),
  );
}

/** A new join code; the old link is useless from then on. */
export async function renewJoinCode(db: Db, viewer: Viewer, classId: string): Promise<string> {
  const joinCode = newJoinCode();
  await manage(db, viewer, classId, 'class.renew-join-code', {}, tx =>
    tx.class.update({ where: { id: classId }, data: { joinCode } }),
  );
  return joinCode;
}

async function manage(
  db: Db,
  viewer: Viewer,
  classId: string,
  action: string,
  detail: Record<string, string>,
  deed: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  await inTurn(db, `class:${classId}`, async tx => {
    await requireClass(tx, viewer, 'class.manage', classId);
    await deed(tx);
    await writeAudit(tx, viewer, action, `class:${classId}`, detail);
  });
}

interface Row {
  id: string;
  name: string;
  createdAt: Date;
  archivedAt: Date | null;
  members: { userId: string; role: string }[];
  _count: { assignments: number };
}

function toSummary(row: Row, viewer: Viewer): ClassSummary {
  const own = row.members.find(member => member.userId === viewer.userId);
  return {
    id: row.id,
    name: row.name,
    createdAt: row.createdAt.getTime(),
    archivedAt: row.archivedAt?.getTime() ?? null,
    learners: row.members.filter(member => member.role === 'learner').length,
    labs: row._count.assignments,
    viewerRole: own ? classRole(own.role) : null,
  };
}

function classRole(value: string): ClassRole {
  return isClassRole(value) ? value : 'learner';
}
