import { createHash, randomBytes } from 'node:crypto';
import { can } from '#domain/access/policies.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { writeAudit } from './audit.ts';
import type { Db, Tx } from './db.ts';
import { inTurn } from './in-turn.ts';
import type { System } from './system.ts';

export type LinkPurpose = 'owner' | 'password-reset';

/** How long a link can be used, milliseconds. */
export const linkLimits = {
  /** Printed at the start, used minutes later. */
  ownerMs: 24 * 3_600_000,
  /** Handed over by an admin, perhaps by mail. */
  resetMs: 48 * 3_600_000,
} as const;

export interface OneTimeLink {
  id: string;
  purpose: LinkPurpose;
  userId: string | null;
  expiresAt: number;
}

/** A fresh owner link's token; the ones before it are useless from then on. */
export async function createOwnerLink(db: Db, actor: System): Promise<string> {
  return inTurn(db, 'admins', async tx => {
    await revoke(tx, { purpose: 'owner' });
    const token = await store(tx, 'owner', null, linkLimits.ownerMs);
    await writeAudit(tx, actor, 'owner-link.create', 'platform');
    return token;
  });
}

/** A token with which the account's holder sets a new password; earlier ones of this account are useless. Admins only. */
export async function createResetLink(db: Db, viewer: Viewer, userId: string): Promise<string> {
  if (!can(viewer, 'user.reset-link', { userId })) throw new CodedError('forbidden', `user.reset-link ${userId}`);
  return inTurn(db, 'admins', async tx => {
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user || user.isAnonymous) throw new CodedError('not-found', `user ${userId}`);
    await revoke(tx, { purpose: 'password-reset', userId });
    const token = await store(tx, 'password-reset', userId, linkLimits.resetMs);
    await writeAudit(tx, viewer, 'user.reset-link', `user:${userId}`);
    return token;
  });
}

/** The link that a token opens; null when unknown, used or too old. */
export async function findLink(
  db: Tx,
  purpose: LinkPurpose,
  token: string,
  now: number = Date.now(),
): Promise<OneTimeLink | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const row = await db.oneTimeLink.findUnique({ where: { tokenHash: hashOf(token) } });
  if (!row || row.purpose !== purpose || row.usedAt !== null || row.expiresAt.getTime() <= now) return null;
  return { id: row.id, purpose, userId: row.userId, expiresAt: row.expiresAt.getTime() };
}

/** Uses a link up, in the transaction of what it is used for. Throws `not-found` when it cannot be used (any more). */
export async function useLink(tx: Tx, purpose: LinkPurpose, token: string): Promise<OneTimeLink> {
  const link = await findLink(tx, purpose, token);
  const used =
    link && (await tx.oneTimeLink.updateMany({ where: { id: link.id, usedAt: null }, data: { usedAt: new Date() } }));
  if (!link || used?.count !== 1)
    throw new CodedError('not-found', `${purpose} link`, { learnerMessage: uselessLink[purpose] });
  return link;
}

/** What to say about a link that cannot be used (any more). */
export const uselessLink: Record<LinkPurpose, string> = {
  owner:
    'This owner link was used already or is too old. Nothing was changed. Run "npm run owner-link" on the server for a new one.',
  'password-reset':
    'This link was used already or is too old. Your old password still holds. Ask an admin for a new link.',
};

async function revoke(tx: Tx, which: { purpose: LinkPurpose; userId?: string }): Promise<void> {
  await tx.oneTimeLink.updateMany({ where: { ...which, usedAt: null }, data: { usedAt: new Date() } });
}

async function store(tx: Tx, purpose: LinkPurpose, userId: string | null, lifeMs: number): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + lifeMs);
  await tx.oneTimeLink.create({ data: { purpose, userId, tokenHash: hashOf(token), expiresAt } });
  return token;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
