import type { Viewer } from '#domain/access/viewer.ts';
import { requireClass } from './access.ts';
import { writeAudit } from './audit.ts';
import type { Db } from './db.ts';
import { inTurn } from './in-turn.ts';

/**
 * Notes that a class is announced (`size` learners for `minutes`), or that this was taken back (null); returns its name.
 * Throws for who does not run it.
 */
export async function noteAnnouncement(
  db: Db,
  viewer: Viewer,
  classId: string,
  announced: { size: number; minutes: number } | null,
): Promise<string> {
  return inTurn(db, `class:${classId}`, async tx => {
    await requireClass(tx, viewer, 'class.manage', classId);
    const { name } = await tx.class.findUniqueOrThrow({ where: { id: classId }, select: { name: true } });
    await writeAudit(tx, viewer, announced ? 'class.announce' : 'class.announce-cancel', `class:${classId}`, {
      ...announced,
    });
    return name;
  });
}
