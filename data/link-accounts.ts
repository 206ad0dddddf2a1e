import { randomUUID } from 'node:crypto';
import { CodedError } from '#domain/protocol/errors.ts';
import { writeAudit } from './audit.ts';
import type { Db, Tx } from './db.ts';
import { inTurn } from './in-turn.ts';
import { useLink } from './one-time-links.ts';
import type { System } from './system.ts';

/** The account that the owner link recovers: the oldest admin; null before the first. */
export async function findOwner(db: Tx, _system: System): Promise<{ id: string; name: string; email: string } | null> {
  return db.user.findFirst({
    where: { role: 'admin', isAnonymous: false },
    orderBy: { createdAt: 'asc' },
    select: { id: true, name: true, email: true },
  });
}

/** The account that a reset link is for, to greet by name; null when it is gone. */
export async function findLinkUser(
  db: Tx,
  _system: System,
  userId: string,
): Promise<{ name: string; email: string } | null> {
  return db.user.findUnique({ where: { id: userId }, select: { name: true, email: true } });
}

/**
 * With an owner link: makes the first admin account; when there is an owner, sets its password instead (name and email
 * are left). Returns the email to sign in with.
 */
export async function claimOwner(
  db: Db,
  actor: System,
  token: string,
  input: { name: string; email: string; passwordHash: string },
): Promise<{ email: string; recovered: boolean }> {
  return inTurn(db, 'admins', async tx => {
    await useLink(tx, 'owner', token);
    const owner = await findOwner(tx, actor);
    if (owner) {
      await setPassword(tx, owner.id, input.passwordHash);
      await writeAudit(tx, actor, 'owner.recover', `user:${owner.id}`);
      return { email: owner.email, recovered: true };
    }
    const email = input.email.trim().toLowerCase();
    const taken = await tx.user.findUnique({ where: { email } });
    const id = taken?.id ?? randomUUID();
    // Somebody may have signed up with this email before the owner came: the link says who the owner is.
    if (taken) await tx.user.update({ where: { id }, data: { role: 'admin', name: input.name.trim() } });
    else await tx.user.create({ data: { id, email, name: input.name.trim(), role: 'admin' } });
    await setPassword(tx, id, input.passwordHash);
    await writeAudit(tx, actor, 'owner.create', `user:${id}`);
    return { email, recovered: false };
  });
}

/** With a reset link: sets the account's password and signs it out everywhere. Returns the email to sign in with. */
export async function resetPassword(db: Db, actor: System, token: string, passwordHash: string): Promise<string> {
  return inTurn(db, 'admins', async tx => {
    const link = await useLink(tx, 'password-reset', token);
    const user = link.userId === null ? null : await tx.user.findUnique({ where: { id: link.userId } });
    if (!user) throw new CodedError('not-found', `user ${link.userId}`);
    await setPassword(tx, user.id, passwordHash);
    await writeAudit(tx, actor, 'user.reset-password', `user:${user.id}`);
    return user.email;
  });
}

/** better-auth's way to keep a password: an account of the provider "credential". */
async function setPassword(tx: Tx, userId: string, password: string): Promise<void> {
  const where = { userId, providerId: 'credential' };
  const { count } = await tx.account.updateMany({ where, data: { password } });
  if (count === 0) await tx.account.create({ data: { id: randomUUID(), accountId: userId, password, ...where } });
  await tx.session.deleteMany({ where: { userId } });
}
