import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDb } from './db.ts';
import { migrate } from './migrate.ts';
import { migrationFile } from './migration-files.ts';
import { rawSql } from './testing/raw-sql.ts';
import { makeTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;
let url: string;
beforeEach(async () => {
  database = await makeTestDatabase('sqlite');
  url = database.url;
});
afterEach(() => database.remove());

const query = (sql: string) => rawSql(url, sql);

it('is in WAL mode with foreign keys on', async () => {
  await migrate(url);
  const db = await openDb(url);
  expect(await db.$queryRaw`PRAGMA journal_mode`).toEqual([{ journal_mode: 'wal' }]);
  expect(await db.$queryRaw`PRAGMA foreign_keys`).toEqual([{ foreign_keys: 1 }]);
  expect(await db.$queryRaw`PRAGMA busy_timeout`).toEqual([{ timeout: 5000 }]);
  await db.$disconnect();
});

it('replaces a table without losing the rows that point at it', async () => {
  const tables = migrationFile(
    '20260101000000_t',
    `CREATE TABLE "P" ("id" TEXT PRIMARY KEY);
     CREATE TABLE "Q" ("p" TEXT REFERENCES "P"("id") ON DELETE CASCADE);
     INSERT INTO "P" VALUES ('1'); INSERT INTO "Q" VALUES ('1');`,
  );
  const replace = migrationFile(
    '20260102000000_r',
    `PRAGMA defer_foreign_keys=ON; PRAGMA foreign_keys=OFF;
     CREATE TABLE "new_P" ("id" TEXT PRIMARY KEY, "more" TEXT);
     INSERT INTO "new_P" ("id") SELECT "id" FROM "P"; DROP TABLE "P"; ALTER TABLE "new_P" RENAME TO "P";
     PRAGMA foreign_keys=ON; PRAGMA defer_foreign_keys=OFF;`,
  );
  await migrate(url, [tables, replace]);
  expect(await query('SELECT * FROM "Q"')).toEqual([{ p: '1' }]);
});

it('does not commit rows that point at nothing', async () => {
  const loose = migrationFile(
    '20260101000000_l',
    `CREATE TABLE "P" ("id" TEXT PRIMARY KEY); CREATE TABLE "Q" ("p" TEXT REFERENCES "P"("id")); INSERT INTO "Q" VALUES ('9');`,
  );
  await expect(migrate(url, [loose])).rejects.toThrow(/point at nothing/);
  expect(await query('SELECT migration_name FROM _prisma_migrations')).toEqual([]);
});

it('makes the folder of the file', async () => {
  const inside = url.replace('test.db', 'sub/test.db');
  expect((await migrate(inside)).length).toBeGreaterThan(0);
});
