import { PrismaClient as PostgresClient } from '#prisma/generated/postgresql/client.ts';
import { PrismaClient } from '#prisma/generated/sqlite/client.ts';
import { kindKey } from './database-kind.ts';
import { type DatabaseKind, parseDatabaseUrl } from './database-url.ts';
import { postgresAdapter } from './postgres-client.ts';
import { postgresLimits } from './postgres-limits.ts';
import { SqliteAdapter } from './sqlite-client.ts';

/**
 * The database: one client per process. Both kinds have the same models; the type is SQLite's, whose queries PostgreSQL
 * all understands. What the two do differently: data/in-turn.ts (transactions) and data/text-search.ts.
 */
export type Db = PrismaClient & { readonly [kindKey]: DatabaseKind };

/** What data functions that may run inside another's transaction take: the client without its lifecycle. */
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/**
 * Opens the database that `url` names: `file:/path.db` (SQLite: WAL, foreign keys on, waits 5 s for other writers) or
 * `postgres://user:password@host:port/database` (a pool of at most `poolSize` connections, made when needed).
 * Migrate first (data/migrate.ts). Close with `$disconnect()`.
 */
export async function openDb(url: string, { poolSize = postgresLimits.poolSize as number } = {}): Promise<Db> {
  const address = parseDatabaseUrl(url);
  if (address.kind === 'postgresql') {
    const client = new PostgresClient({ adapter: postgresAdapter(address, poolSize) });
    return asDb(client as unknown as PrismaClient, 'postgresql');
  }
  const client = new PrismaClient({ adapter: new SqliteAdapter({ url }) });
  await client.$queryRaw`PRAGMA journal_mode = WAL`;
  return asDb(client, 'sqlite');
}

function asDb(client: PrismaClient, kind: DatabaseKind): Db {
  return Object.assign(client, { [kindKey]: kind });
}
