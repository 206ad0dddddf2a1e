import { can } from '#domain/access/policies.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import type { Db, Tx } from './db.ts';
import { type Actor, isSystem } from './system.ts';

/** Who did what to whom, for admins. `subject` is "<kind>:<id>". */
export interface AuditRow {
  id: string;
  at: number;
  /** Name of who did it; null: the platform itself. */
  actor: string | null;
  action: string;
  subject: string;
  /** "course: docker-engine, lab: process-tree" */
  detail: string;
}

/** Writes one event; call it with the transaction of the deed. `actorId` is null for the platform itself. */
export async function writeAudit(
  tx: Tx,
  actor: Actor,
  action: string,
  subject: string,
  detail: Record<string, string | number | boolean | null> = {},
): Promise<void> {
  const actorId = isSystem(actor) ? null : actor.userId;
  await tx.auditEvent.create({ data: { actorId, action, subject, detail } });
}

/** The newest events. Admins only (`forbidden`). */
export async function listAudit(db: Db, viewer: Viewer, limit = 200): Promise<AuditRow[]> {
  if (!can(viewer, 'audit.view', null)) throw new CodedError('forbidden', 'audit.view');
  const rows = await db.auditEvent.findMany({ orderBy: { at: 'desc' }, take: Math.min(limit, 1_000) });
  const ids = [...new Set(rows.flatMap(row => row.actorId ?? []))];
  const users = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(users.map(user => [user.id, user.name]));
  return rows.map(({ id, at, actorId, action, subject, detail }) => ({
    id,
    at: at.getTime(),
    actor: actorId === null ? null : (names.get(actorId) ?? `removed account ${actorId}`),
    action,
    subject,
    detail: Object.entries(detail ?? {})
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join(', '),
  }));
}
