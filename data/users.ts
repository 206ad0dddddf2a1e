import { can } from '#domain/access/policies.ts';
import { isRole } from '#domain/access/roles.ts';
import type { Role, Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { writeAudit } from './audit.ts';
import type { Db, Tx } from './db.ts';
import { inTurn } from './in-turn.ts';
import { containsText } from './text-search.ts';

/** An account as admins see it. */
export interface UserRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  guest: boolean;
  createdAt: number;
  /** Last sign of life: a session is renewed once a day, an attempt notes each deed. */
  lastSeenAt: number | null;
  attempts: number;
}

/** Longest list that is given at once. */
export const userListMax = 500;

/** Accounts, newest first; `search` looks in name and email. Admins only. */
export async function listUsers(db: Tx, viewer: Viewer, search = ''): Promise<UserRow[]> {
  if (!can(viewer, 'user.list', null)) throw new CodedError('forbidden', 'user.list');
  const text = search.trim().slice(0, 200);
  const rows = await db.user.findMany({
    where: text ? { OR: [{ name: containsText(db, text) }, { email: containsText(db, text) }] } : {},
    orderBy: { createdAt: 'desc' },
    take: userListMax,
    include: {
      _count: { select: { attempts: true } },
      sessions: { orderBy: { updatedAt: 'desc' }, take: 1, select: { updatedAt: true } },
      attempts: { orderBy: { lastActiveAt: 'desc' }, take: 1, select: { lastActiveAt: true } },
    },
  });
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: isRole(row.role) ? row.role : 'learner',
    guest: row.isAnonymous,
    createdAt: row.createdAt.getTime(),
    lastSeenAt: latest([row.sessions[0]?.updatedAt, row.attempts[0]?.lastActiveAt]),
    attempts: row._count.attempts,
  }));
}

/** Changes the role of somebody else. Takes effect with their next click. Admins only. */
export async function setRole(db: Db, viewer: Viewer, userId: string, role: Role): Promise<void> {
  if (!isRole(role)) throw new CodedError('bad-request', `role ${String(role)}`);
  if (!can(viewer, 'user.set-role', { userId })) throw new CodedError('forbidden', `user.set-role ${userId}`);
  await inTurn(db, 'admins', async tx => {
    const user = await getUser(tx, userId);
    if (user.isAnonymous)
      throw new CodedError('conflict', 'role of a guest', {
        learnerMessage: 'A guest has no role. Nothing was changed. Ask them to make an account first.',
      });
    await keepAdmin(tx, viewer);
    await tx.user.update({ where: { id: userId }, data: { role } });
    await writeAudit(tx, viewer, 'user.set-role', `user:${userId}`, { from: user.role, to: role });
  });
}

/** Deletes somebody else's account with all attempts. Admins only. */
export async function removeUser(db: Db, viewer: Viewer, userId: string): Promise<void> {
  if (!can(viewer, 'user.remove', { userId })) throw new CodedError('forbidden', `user.remove ${userId}`);
  await inTurn(db, 'admins', async tx => {
    const user = await getUser(tx, userId);
    await keepAdmin(tx, viewer);
    await tx.user.delete({ where: { id: userId } });
    await writeAudit(tx, viewer, 'user.remove', `user:${userId}`, { role: user.role });
  });
}

function latest(times: (Date | undefined)[]): number | null {
  const known = times.flatMap(time => (time ? [time.getTime()] : []));
  return known.length === 0 ? null : Math.max(...known);
}

async function getUser(tx: Tx, userId: string) {
  const user = await tx.user.findUnique({ where: { id: userId } });
  if (!user) throw new CodedError('not-found', `user ${userId}`);
  return user;
}

/** Two admins who demote each other at the same moment: the second is no admin any more when its turn comes. */
async function keepAdmin(tx: Tx, viewer: Viewer): Promise<void> {
  const self = await tx.user.findUnique({ where: { id: viewer.userId } });
  if (self?.role !== 'admin') throw new CodedError('forbidden', `${viewer.userId} is no admin any more`);
}
