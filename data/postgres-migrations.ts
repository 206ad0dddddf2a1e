import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { databaseError, postgresError } from './database-errors.ts';
import type { PostgresAddress } from './database-url.ts';
import type { MigrationFile } from './migration-files.ts';
import type { AppliedMigration } from './migration-plan.ts';
import { type MigrationStore, migrationFailed } from './migration-store.ts';
import { openPostgresClient } from './postgres-client.ts';
import { postgresLimits } from './postgres-limits.ts';

/** The table as Prisma's own engine creates it on PostgreSQL. */
const historyTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"              VARCHAR(64) NOT NULL,
    "finished_at"           TIMESTAMPTZ,
    "migration_name"        VARCHAR(255) NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        TIMESTAMPTZ,
    "started_at"            TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count"   INTEGER NOT NULL DEFAULT 0
)`;

/** The advisory lock that Prisma's own tool takes while it migrates: we wait for it, and it for us. */
export const migrationLock = 72_707_369;
/** How long to wait for another process that migrates; milliseconds. */
const lockTimeoutMs = 60_000;

/** Connects, and refuses a server that is too old. */
export async function openPostgresMigrations(address: PostgresAddress): Promise<MigrationStore> {
  const client = await connectPostgres(address);
  const guarded = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: Error & { code?: string }) => {
      throw /^\w{5}$/.test(error.code ?? '') ? postgresError(address, error) : error;
    });
  return {
    async alone(work) {
      await guarded(takeLock(client));
      try {
        await guarded(ensureHistoryTable(client));
        return await work();
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
      }
    },
    history: () => guarded(readHistory(client)),
    apply: migration => apply(client, migration),
    close: () => client.end(),
  };
}

/** A connection to a server that answers, lets us in and is new enough; otherwise a `database` error with the remedy. */
export async function connectPostgres(address: PostgresAddress): Promise<pg.Client> {
  const client = openPostgresClient(address);
  try {
    await client.connect();
    insistOnVersion(address, await serverVersion(client));
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw (error as { code?: string }).code === 'database' ? error : postgresError(address, error);
  }
}

/** Throws a `database` error for a major version that is too old. */
export function insistOnVersion(address: PostgresAddress, version: number): void {
  if (version >= postgresLimits.oldestVersion) return;
  throw databaseError(
    `${address.shown} is PostgreSQL ${version}`,
    `Belowdeck needs ${postgresLimits.oldestVersion} or newer. Nothing was changed. Update the server.`,
  );
}

/** Major version of the server. */
export async function serverVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query('SHOW server_version_num');
  return Math.floor(Number(rows[0]?.server_version_num) / 10_000);
}

async function takeLock(client: pg.Client): Promise<void> {
  await client.query(`SET lock_timeout = ${lockTimeoutMs}`);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
  } catch (cause) {
    if ((cause as { code?: string }).code !== '55P03') throw cause;
    throw databaseError(
      'is being migrated by another process',
      'Nothing was changed. Start again when it is done.',
      cause,
    );
  } finally {
    await client.query('SET lock_timeout = DEFAULT');
  }
}

async function ensureHistoryTable(client: pg.Client): Promise<void> {
  // Asked first: who may not create tables can still run on a database that needs none.
  if (!(await hasHistory(client))) await client.query(historyTable);
}

async function hasHistory(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS there`);
  return rows[0]?.there === true;
}

async function readHistory(client: pg.Client): Promise<AppliedMigration[]> {
  if (!(await hasHistory(client))) return [];
  const { rows } = await client.query(
    `SELECT "migration_name" AS name, "checksum", "finished_at" IS NOT NULL AS finished FROM "_prisma_migrations"
     WHERE "rolled_back_at" IS NULL ORDER BY "started_at"`,
  );
  return rows;
}

async function apply(client: pg.Client, file: MigrationFile): Promise<boolean> {
  try {
    await client.query('BEGIN');
    const startedAt = new Date();
    await client.query(file.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations"
       ("id", "checksum", "finished_at", "migration_name", "started_at", "applied_steps_count")
       VALUES ($1, $2, now(), $3, $4, 1)`,
      [randomUUID(), file.checksum, file.name, startedAt],
    );
    await client.query('COMMIT');
    return true;
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw migrationFailed(file, cause);
  }
}
