import { PrismaClient } from '#prisma/generated/sqlite/client.ts';
import { SqliteAdapter } from './sqlite-client.ts';

/** The database: one client per process. PostgreSQL later brings a second client of the same models behind this type. */
export type Db = PrismaClient;

/** What data functions that may run inside another's transaction take: the client without its lifecycle. */
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/**
 * Opens the database that `url` names (`file:/absolute/path.db`). WAL, foreign keys on, waits 5 s for other writers.
 * Migrate first (data/migrate.ts). Close with `$disconnect()`.
 */
export async function openDb(url: string): Promise<Db> {
  if (!url.startsWith('file:'))
    throw new Error(
      `DATABASE_URL must begin with "file:" (SQLite); this version has no other database. Got: ${schemeOf(url)}`,
    );
  const db = new PrismaClient({ adapter: new SqliteAdapter({ url }) });
  await db.$queryRaw`PRAGMA journal_mode = WAL`;
  return db;
}

/** The part of a database URL that is safe to print: not its password. */
function schemeOf(url: string): string {
  return `${url.split(':', 1)[0]}:…`;
}
