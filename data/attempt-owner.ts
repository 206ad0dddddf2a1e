import { writeAudit } from './audit.ts';
import type { Db } from './db.ts';
import { inTurn } from './in-turn.ts';
import type { System } from './system.ts';

/** Gives all attempts of one account (a guest) to another (the account just made). Returns how many. */
export async function moveAttempts(db: Db, actor: System, fromUserId: string, toUserId: string): Promise<number> {
  return inTurn(db, [`learner:${fromUserId}`, `learner:${toUserId}`], async tx => {
    const { count } = await tx.attempt.updateMany({ where: { userId: fromUserId }, data: { userId: toUserId } });
    await writeAudit(tx, actor, 'guest.kept', `user:${toUserId}`, { guest: fromUserId, attempts: count });
    return count;
  });
}
