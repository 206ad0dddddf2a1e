import { isRole } from '#domain/access/roles.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { Tx } from './db.ts';
import type { System } from './system.ts';

/** Who is signed in with this session, as the account is now; null when it was signed out, ran out, or never was. */
export async function findSessionViewer(db: Tx, _system: System, sessionId: string): Promise<Viewer | null> {
  const session = await db.session.findUnique({ where: { id: sessionId }, include: { user: true } });
  if (!session || session.expiresAt.getTime() <= Date.now()) return null;
  const { id, name, email, role, isAnonymous } = session.user;
  return { userId: id, name, email, role: isRole(role) ? role : 'learner', guest: isAnonymous };
}
