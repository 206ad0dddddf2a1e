import { openDb } from '#data/db.ts';
import { migrate } from '#data/migrate.ts';
import { createOwnerLink } from '#data/one-time-links.ts';
import { system } from '#data/system.ts';

/** A link that makes its holder the owner, once. It works for a day; making another makes older ones useless. */
export async function makeOwnerLink(databaseUrl: string, url: string): Promise<string> {
  await migrate(databaseUrl);
  const db = await openDb(databaseUrl);
  try {
    return `${url}/welcome?token=${await createOwnerLink(db, system)}`;
  } finally {
    await db.$disconnect();
  }
}

/** The owner's link while there is no admin yet; null afterwards. */
export async function ownerLinkIfNeeded(databaseUrl: string, url: string): Promise<string | null> {
  await migrate(databaseUrl);
  const db = await openDb(databaseUrl);
  const admins = await db.user.count({ where: { role: 'admin' } }).finally(() => db.$disconnect());
  return admins === 0 ? makeOwnerLink(databaseUrl, url) : null;
}
