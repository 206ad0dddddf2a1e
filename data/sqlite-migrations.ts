import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SqliteAddress } from './database-url.ts';
import type { MigrationFile } from './migration-files.ts';
import type { AppliedMigration } from './migration-plan.ts';
import { type MigrationStore, migrationFailed } from './migration-store.ts';
import { openMigrationClient, type SqliteClient } from './sqlite-client.ts';

/** The table as Prisma's own engine creates it on SQLite. */
const historyTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/** Makes the file with its folder when there is none. */
export async function openSqliteMigrations({ file }: SqliteAddress): Promise<MigrationStore> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const client = openMigrationClient(pathToFileURL(file).href);
  return {
    // Two processes may plan the same: the transaction of each migration looks again.
    async alone(work) {
      await client.execute('PRAGMA journal_mode = WAL');
      await client.execute(historyTable);
      return work();
    },
    history: () => readHistory(client),
    apply: migration => apply(client, migration),
    async close() {
      client.close();
    },
  };
}

async function readHistory(client: Pick<SqliteClient, 'execute'>): Promise<AppliedMigration[]> {
  const there = await client.execute(`SELECT 1 FROM "sqlite_master" WHERE "name" = '_prisma_migrations'`);
  if (there.rows.length === 0) return [];
  const { rows } = await client.execute(
    `SELECT "migration_name", "checksum", "finished_at" IS NOT NULL AS "finished" FROM "_prisma_migrations"
     WHERE "rolled_back_at" IS NULL ORDER BY "started_at"`,
  );
  return rows.map(row => ({
    name: String(row.migration_name),
    checksum: String(row.checksum),
    finished: Boolean(row.finished),
  }));
}

/**
 * Foreign keys are off meanwhile: SQLite changes a table by replacing it, and dropping the old one would cascade into
 * the rows that point at it. They are checked before commit.
 */
async function apply(client: SqliteClient, file: MigrationFile): Promise<boolean> {
  await client.execute('PRAGMA foreign_keys = OFF');
  const tx = await client.transaction('write');
  try {
    if ((await readHistory(tx as unknown as SqliteClient)).some(row => row.name === file.name)) {
      await tx.rollback();
      return false;
    }
    const startedAt = Date.now();
    await tx.executeMultiple(file.sql);
    const broken = await tx.execute('PRAGMA foreign_key_check');
    if (broken.rows.length > 0)
      throw new Error(`it leaves ${broken.rows.length} rows that point at nothing (table ${broken.rows[0]?.table})`);
    await tx.execute({
      sql: `INSERT INTO "_prisma_migrations"
            ("id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count")
            VALUES (?, ?, ?, ?, NULL, NULL, ?, 1)`,
      args: [randomUUID(), file.checksum, Date.now(), file.name, startedAt],
    });
    await tx.commit();
    return true;
  } catch (cause) {
    tx.close();
    throw migrationFailed(file, cause);
  }
}
