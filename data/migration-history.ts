import { randomUUID } from 'node:crypto';
import type { MigrationFile } from './migration-files.ts';
import type { AppliedMigration } from './migration-plan.ts';
import type { SqliteClient } from './sqlite-client.ts';

/** The table as Prisma's own engine creates it on SQLite. */
export const historyTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/** What was applied so far, without what was rolled back. */
export async function readHistory(client: SqliteClient): Promise<AppliedMigration[]> {
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
 * Runs one migration and records it, all or nothing. Foreign keys are off meanwhile: SQLite changes a table by
 * replacing it, and dropping the old one would cascade into the rows that point at it. They are checked before commit.
 */
export async function applyMigration(client: SqliteClient, file: MigrationFile): Promise<void> {
  await client.execute('PRAGMA foreign_keys = OFF');
  const tx = await client.transaction('write');
  try {
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
  } catch (cause) {
    tx.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The migration "${file.name}" failed: ${reason}. Nothing of it was kept; the database is as before it.`,
      { cause },
    );
  }
}
