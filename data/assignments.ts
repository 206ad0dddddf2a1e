import { can } from '#domain/access/policies.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { requireClass } from './access.ts';
import { writeAudit } from './audit.ts';
import type { Db, Tx } from './db.ts';
import { inTurn } from './in-turn.ts';

/** A lab that a class is to do. Times are epoch milliseconds. */
export interface AssignmentRow {
  id: string;
  classId: string;
  course: string;
  lab: string;
  createdAt: number;
  dueAt: number | null;
}

/** The labs assigned to a class, oldest first; for its members and admins. */
export async function listAssignments(db: Tx, viewer: Viewer, classId: string): Promise<AssignmentRow[]> {
  await requireClass(db, viewer, 'class.view', classId);
  const rows = await db.assignment.findMany({ where: { classId }, orderBy: { createdAt: 'asc' } });
  return rows.map(toRow);
}

/** Assigns a lab, or changes when it is due. The caller has looked up that the lab exists. */
export async function assignLab(
  db: Db,
  viewer: Viewer,
  classId: string,
  { course, lab, dueAt }: { course: string; lab: string; dueAt: number | null },
): Promise<AssignmentRow> {
  return inTurn(db, `class:${classId}`, async tx => {
    await requireClass(tx, viewer, 'class.manage', classId);
    const due = dueAt === null ? null : new Date(dueAt);
    const row = await tx.assignment.upsert({
      where: { classId_course_lab: { classId, course, lab } },
      create: { classId, course, lab, dueAt: due },
      update: { dueAt: due },
    });
    await writeAudit(tx, viewer, 'class.assign', `class:${classId}`, { course, lab, dueAt });
    return toRow(row);
  });
}

/** Takes an assignment back; attempts stay. Done already is done. */
export async function unassignLab(db: Db, viewer: Viewer, classId: string, assignmentId: string): Promise<void> {
  await inTurn(db, `class:${classId}`, async tx => {
    await requireClass(tx, viewer, 'class.manage', classId);
    await tx.assignment.deleteMany({ where: { id: assignmentId, classId } });
    await writeAudit(tx, viewer, 'class.unassign', `class:${classId}`, { assignment: assignmentId });
  });
}

/** What the viewer was assigned as a learner, in classes that are not archived. */
export async function listMyAssignments(db: Tx, viewer: Viewer): Promise<(AssignmentRow & { className: string })[]> {
  if (!can(viewer, 'class.list', null)) return [];
  const rows = await db.assignment.findMany({
    where: { class: { archivedAt: null, members: { some: { userId: viewer.userId, role: 'learner' } } } },
    include: { class: { select: { name: true } } },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(row => ({ ...toRow(row), className: row.class.name }));
}

type Row = Awaited<ReturnType<Tx['assignment']['findUniqueOrThrow']>>;

function toRow({ id, classId, course, lab, createdAt, dueAt }: Row): AssignmentRow {
  return { id, classId, course, lab, createdAt: createdAt.getTime(), dueAt: dueAt?.getTime() ?? null };
}
