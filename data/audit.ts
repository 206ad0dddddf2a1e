import { can } from '#domain/access/policies.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import type { Db, Tx } from './db.ts';
import { type Actor, isSystem } from './system.ts';

/** Who did what to whom, for admins. `subject` is "<kind>:<id>". */
export interface AuditRow {
  at: number;
  actorId: string | null;
  action: string;
  subject: string;
  detail: unknown;
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
  return rows.map(({ at, actorId, action, subject, detail }) => ({
    at: at.getTime(),
    actorId,
    action,
    subject,
    detail,
  }));
}
