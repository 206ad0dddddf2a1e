import Database from 'libsql';
import { sqliteLimits } from './sqlite-client.ts';

/** One connection to a SQLite file, for what is not a query of the app: migrations, backups. */
export interface SqliteFile {
  rows(sql: string, ...values: SqliteValue[]): Record<string, unknown>[];
  /** Any number of statements. */
  script(sql: string): void;
  /** All of `work` or nothing of it; waits for other writers first. */
  transaction(work: () => void): void;
  close(): void;
}

export type SqliteValue = string | number | null;

/**
 * Opens the file, or makes it, with the library that Prisma's adapter has: two SQLite libraries in one process would
 * drop each other's locks. It lets go of a closed file only when its statements are collected as garbage; where one
 * must be alone with the file see scripts/backup/lone-sqlite.ts.
 */
export function openSqliteFile(file: string): SqliteFile {
  const database = new Database(file);
  database.exec(`PRAGMA busy_timeout = ${sqliteLimits.busyTimeoutMs}`);
  return {
    rows(sql, ...values) {
      const statement = database.prepare(sql);
      if (statement.reader) return statement.all(...values).map(row => ({ ...(row as object) }));
      statement.run(...values);
      return [];
    },
    script: sql => void database.exec(sql),
    transaction: work => transact(sql => void database.exec(sql), work),
    close: () => void database.close(),
  };
}

/** Runs `work` between BEGIN IMMEDIATE and COMMIT. */
export function transact(run: (sql: string) => void, work: () => void): void {
  run('BEGIN IMMEDIATE');
  try {
    work();
    run('COMMIT');
  } catch (error) {
    try {
      run('ROLLBACK');
    } catch {
      // A failure that SQLite rolled back by itself.
    }
    throw error;
  }
}
