import type { Viewer } from '#domain/access/viewer.ts';
import { errorCodeOf } from '#domain/protocol/errors.ts';
import { requireClass } from './access.ts';
import { writeAudit } from './audit.ts';
import type { Db } from './db.ts';
import { inTurn } from './in-turn.ts';

/**
 * Announces a class (`size` learners for `minutes`), or takes that back (null), by `tell`, which is given its name. What is
 * written down is what came of it: `failed` with the code when `tell` throws, which is thrown on. Throws for who does not
 * run the class, before anybody is told.
 */
export async function announceClass(
  db: Db,
  viewer: Viewer,
  classId: string,
  announced: { size: number; minutes: number } | null,
  tell: (name: string) => Promise<unknown>,
): Promise<void> {
  await requireClass(db, viewer, 'class.manage', classId);
  const { name } = await db.class.findUniqueOrThrow({ where: { id: classId }, select: { name: true } });
  const failure = await tell(name).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  // Not in one transaction with the call: all others would wait for its answer.
  await inTurn(db, `class:${classId}`, tx =>
    writeAudit(tx, viewer, announced ? 'class.announce' : 'class.announce-cancel', `class:${classId}`, {
      ...announced,
      ...(failure && { failed: errorCodeOf(failure.error) }),
    }),
  );
  if (failure) throw failure.error;
}
