import type { Viewer } from '#domain/access/viewer.ts';
import type { ClassRow } from '#domain/protocol/live.ts';
import { requireClass } from './access.ts';
import type { Tx } from './db.ts';
import type { System } from './system.ts';

/** The table learner × task of one lab: each learner's attempt last worked in. Instructors of the class and admins. */
export async function classRows(
  db: Tx,
  viewer: Viewer,
  classId: string,
  course: string,
  lab: string,
  tasks: string[],
): Promise<ClassRow[]> {
  await requireClass(db, viewer, 'class.results', classId);
  return rowsOf(db, classId, course, lab, tasks, null);
}

/** The rows of some learners of the class: what the live table sends after a change. The gateway checked the viewer. */
export async function classRowsOf(
  db: Tx,
  _system: System,
  classId: string,
  course: string,
  lab: string,
  tasks: string[],
  userIds: string[],
): Promise<ClassRow[]> {
  return rowsOf(db, classId, course, lab, tasks, userIds);
}

/** Classes in whose table of this lab the learner stands: whom to tell when an attempt changed. */
export async function classesOf(db: Tx, _system: System, userId: string): Promise<string[]> {
  const rows = await db.classMember.findMany({ where: { userId, role: 'learner' }, select: { classId: true } });
  return rows.map(row => row.classId);
}

async function rowsOf(
  db: Tx,
  classId: string,
  course: string,
  lab: string,
  tasks: string[],
  userIds: string[] | null,
): Promise<ClassRow[]> {
  const members = await db.classMember.findMany({
    where: { classId, role: 'learner', ...(userIds ? { userId: { in: userIds } } : {}) },
    select: { user: { select: { id: true, name: true, email: true } } },
  });
  const attempts = await db.attempt.findMany({
    where: {
      course,
      lab,
      user: { memberships: { some: { classId, role: 'learner' } } },
      ...(userIds ? { userId: { in: userIds } } : {}),
    },
    include: { tasks: true },
    orderBy: { lastActiveAt: 'asc' },
  });
  // The later one wins: ordered by last activity.
  const newest = new Map(attempts.map(attempt => [attempt.userId, attempt]));
  const outcomes = await outcomesOf(
    db,
    [...newest.values()].flatMap(attempt => attempt.tasks),
  );
  return members
    .map(({ user }) => {
      const attempt = newest.get(user.id);
      const byTask = new Map(attempt?.tasks.map(task => [task.task, task]));
      return {
        userId: user.id,
        name: user.name,
        email: user.email,
        attemptId: attempt?.id ?? null,
        lastActiveAt: attempt?.lastActiveAt.getTime() ?? null,
        finishedAt: attempt?.finishedAt?.getTime() ?? null,
        cells: tasks.map(task => toCell(task, byTask.get(task), outcomes)),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name) || a.email.localeCompare(b.email));
}

type Cell = ClassRow['cells'][number];
interface Progress {
  state: string;
  attempts: number;
  verdictId: string | null;
}

function toCell(task: string, progress: Progress | undefined, outcomes: Map<string, Cell['outcome']>): Cell {
  const state = progress?.state;
  return {
    task,
    state: state === 'passed' || state === 'undone' ? state : 'open',
    outcome: outcomes.get(progress?.verdictId ?? '') ?? null,
    attempts: progress?.attempts ?? 0,
    verdictId: progress?.verdictId ?? null,
  };
}

async function outcomesOf(db: Tx, tasks: Progress[]): Promise<Map<string, Cell['outcome']>> {
  const ids = tasks.flatMap(task => task.verdictId ?? []);
  const rows: { id: string; outcome: string }[] = [];
  // SQLite takes a bounded number of parameters in one statement.
  for (let from = 0; from < ids.length; from += 500)
    rows.push(
      ...(await db.verdictRecord.findMany({
        where: { id: { in: ids.slice(from, from + 500) } },
        select: { id: true, outcome: true },
      })),
    );
  return new Map(rows.map(row => [row.id, row.outcome as Cell['outcome']]));
}
