import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SqliteAddress } from './database-url.ts';
import type { MigrationFile } from './migration-files.ts';
import type { AppliedMigration } from './migration-plan.ts';
import { type MigrationStore, migrationFailed } from './migration-store.ts';
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts';

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
  return sqliteMigrations(openSqliteFile(file));
}

/** On a connection that is there; closing it is part of the bargain. */
export function sqliteMigrations(database: SqliteFile): MigrationStore {
  return {
    // Two processes may plan the same: the transaction of each migration looks again.
    async alone(work) {
      database.rows('PRAGMA journal_mode = WAL');
      database.script(historyTable);
      return work();
    },
    history: async () => readHistory(database),
    apply: async migration => apply(database, migration),
    close: async () => database.close(),
  };
}

function readHistory(database: SqliteFile): AppliedMigration[] {
  const there = database.rows(`SELECT 1 FROM "sqlite_master" WHERE "name" = '_prisma_migrations'`);
  if (there.length === 0) return [];
  const rows = database.rows(
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
function apply(database: SqliteFile, file: MigrationFile): boolean {
  let mine = false;
  database.script('PRAGMA foreign_keys = OFF');
  try {
    database.transaction(() => {
      if (readHistory(database).some(row => row.name === file.name)) return;
      mine = true;
      const startedAt = Date.now();
      database.script(file.sql);
      const [broken, ...more] = database.rows('PRAGMA foreign_key_check');
      if (broken)
        throw new Error(`it leaves ${more.length + 1} rows that point at nothing (table ${String(broken.table)})`);
      database.rows(
        `INSERT INTO "_prisma_migrations"
         ("id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count")
         VALUES (?, ?, ?, ?, NULL, NULL, ?, 1)`,
        ...[randomUUID(), file.checksum, Date.now(), file.name, startedAt],
      );
    });
  } catch (cause) {
    throw migrationFailed(file, cause);
  }
  return mine;
}
