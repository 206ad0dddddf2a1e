import { DatabaseSync } from 'node:sqlite';
import { sqliteLimits } from '#data/sqlite-client.ts';
import { type SqliteFile, transact } from '#data/sqlite-file.ts';

/**
 * A SQLite file by Node's own SQLite, which lets go of it when it is closed: only so can one find out whether anybody
 * else has it. For commands only, which have no other SQLite library on the same file.
 */
export function openLoneSqlite(file: string): SqliteFile {
  const database = new DatabaseSync(file, { timeout: sqliteLimits.busyTimeoutMs });
  return {
    rows: (sql, ...values) =>
      database
        .prepare(sql)
        .all(...values)
        .map(row => ({ ...row })),
    script: sql => database.exec(sql),
    transaction: work => transact(sql => database.exec(sql), work),
    close: () => database.close(),
  };
}
