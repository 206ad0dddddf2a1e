// The database client is generated code that a fresh checkout does not have yet: it is imported when it is needed.

/** A link that makes its holder the owner, once. It works for a day; making another makes older ones useless. */
export async function makeOwnerLink(databaseUrl: string, url: string): Promise<string> {
  const { createOwnerLink } = await import('#data/one-time-links.ts');
  const { system } = await import('#data/system.ts');
  return withDb(databaseUrl, async db => `${url}/welcome?token=${await createOwnerLink(db, system)}`);
}

/** The owner's link while there is no admin yet; null afterwards. */
export async function ownerLinkIfNeeded(databaseUrl: string, url: string): Promise<string | null> {
  const admins = await withDb(databaseUrl, db => db.user.count({ where: { role: 'admin' } }));
  return admins === 0 ? makeOwnerLink(databaseUrl, url) : null;
}

async function withDb<T>(databaseUrl: string, work: (db: import('#data/db.ts').Db) => Promise<T>): Promise<T> {
  const { migrate } = await import('#data/migrate.ts');
  const { openDb } = await import('#data/db.ts');
  await migrate(databaseUrl);
  const db = await openDb(databaseUrl);
  return work(db).finally(() => db.$disconnect());
}
