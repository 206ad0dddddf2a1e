import { dirname } from 'node:path';
import { PrismaClient as PostgresClient } from '#prisma/generated/postgresql/client.ts';
import { PrismaClient } from '#prisma/generated/sqlite/client.ts';
import { kindKey } from './database-kind.ts';
import { type DatabaseKind, parseDatabaseUrl } from './database-url.ts';
import { flushFile } from './flush-file.ts';
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

interface OpenOptions {
  poolSize?: number;
  /** Hears how long the database took for each query, milliseconds. */
  onQuery?: (milliseconds: number) => void;
}

/**
 * Opens the database that `url` names: `file:/path.db` (SQLite: WAL, foreign keys on, waits 5 s for other writers) or
 * `postgres://user:password@host:port/database` (a pool of 1 to `poolSize` connections).
 * Migrate first (data/migrate.ts). Close with `$disconnect()`.
 */
export async function openDb(
  url: string,
  { poolSize = postgresLimits.poolSize as number, onQuery }: OpenOptions = {},
): Promise<Db> {
  const address = parseDatabaseUrl(url);
  const log = onQuery ? [{ emit: 'event', level: 'query' } as const] : [];
  if (address.kind === 'postgresql') {
    const client = new PostgresClient({ log, adapter: postgresAdapter(address, poolSize) });
    await client.$queryRaw`SELECT 1`;
    return asDb(client as unknown as PrismaClient, 'postgresql', onQuery);
  }
  const client: PrismaClient = new PrismaClient({ log, adapter: new SqliteAdapter(url, address) });
  await client.$queryRaw`PRAGMA journal_mode = WAL`;
  await client.$queryRaw`PRAGMA synchronous = NORMAL`;
  // The log is a new file since: a power cut must not lose its name either.
  await flushFile(dirname(address.file));
  return asDb(client, 'sqlite', onQuery);
}

function asDb(client: PrismaClient, kind: DatabaseKind, onQuery?: OpenOptions['onQuery']): Db {
  // The type knows of events only where the options were written out.
  if (onQuery) (client as PrismaClient<'query'>).$on('query', ({ duration }) => onQuery(duration));
  return Object.assign(client, { [kindKey]: kind });
}
