import { can } from '#domain/access/policies.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { writeAudit } from './audit.ts';
import type { Db, Tx } from './db.ts';

/** Whose attempt a sandbox serves. */
export interface SandboxOwner {
  attemptId: string;
  name: string;
  course: string;
  lab: string;
}

/** Who works in which attempt, by attempt id. Admins only. */
export async function sandboxOwners(db: Tx, viewer: Viewer, attemptIds: string[]): Promise<Map<string, SandboxOwner>> {
  if (!can(viewer, 'sandbox.list', null)) throw new CodedError('forbidden', 'sandbox.list');
  const rows = await db.attempt.findMany({
    where: { id: { in: attemptIds } },
    select: { id: true, course: true, lab: true, user: { select: { name: true } } },
  });
  return new Map(rows.map(({ id, course, lab, user }) => [id, { attemptId: id, name: user.name, course, lab }]));
}

/** Notes that an admin ends a sandbox. Throws `forbidden` for everybody else. */
export async function noteSandboxEnd(db: Db, viewer: Viewer, sandboxId: string): Promise<void> {
  if (!can(viewer, 'sandbox.end', null)) throw new CodedError('forbidden', 'sandbox.end');
  await writeAudit(db, viewer, 'sandbox.end', `sandbox:${sandboxId}`);
}
