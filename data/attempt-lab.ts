import type { Lab } from '#domain/lab/lab.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { requireAttemptView } from './access.ts';
import type { Tx } from './db.ts';
import type { Actor } from './system.ts';

/** The lab as the attempt pinned it, with solutions and answers: only domain/lab/public-lab.ts makes it fit to send. */
export async function getPinnedLab(db: Tx, actor: Actor, attemptId: string): Promise<Lab> {
  const row = await db.attempt.findUnique({
    where: { id: attemptId },
    select: { userId: true, version: { select: { content: true } } },
  });
  if (!row) throw new CodedError('not-found', `attempt ${attemptId}`);
  await requireAttemptView(db, actor, row.userId);
  // Written by createAttempt from a parsed lab, and never changed: not parsed again.
  return row.version.content as unknown as Lab;
}
