import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDb } from './db.ts';
import { migrate } from './migrate.ts';
import { type MigrationFile, migrationFile, readMigrationFiles } from './migration-files.ts';
import { openMigrationClient } from './sqlite-client.ts';

// Slow on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let url: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belowdeck-migrate-'));
  url = pathToFileURL(join(folder, 'sub', 'test.db')).href;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function query(sql: string) {
  const client = openMigrationClient(url);
  try {
    return (await client.execute(sql)).rows.map(row => ({ ...row }));
  } finally {
    client.close();
  }
}
const first = migrationFile('20260101000000_a', 'CREATE TABLE "A" ("id" TEXT PRIMARY KEY);');
const second = migrationFile('20260102000000_b', `CREATE TABLE "B" ("id" TEXT); INSERT INTO "A" VALUES ('x');`);

describe('a fresh database', () => {
  it('is made with its folder, fits the models, and a second start applies nothing', async () => {
    const applied = await migrate(url);
    expect(applied.length).toBeGreaterThan(0);
    expect(await migrate(url)).toEqual([]);
    const db = await openDb(url);
    expect(await db.user.count()).toBe(0);
    await db.$disconnect();
  });

  it('is in WAL mode with foreign keys on', async () => {
    await migrate(url);
    const db = await openDb(url);
    expect(await db.$queryRaw`PRAGMA journal_mode`).toEqual([{ journal_mode: 'wal' }]);
    expect(await db.$queryRaw`PRAGMA foreign_keys`).toEqual([{ foreign_keys: 1 }]);
    expect(await db.$queryRaw`PRAGMA busy_timeout`).toEqual([{ timeout: 5000 }]);
    await db.$disconnect();
  });
});

describe('the runner', () => {
  it('applies what is missing, in order, and records it with its checksum', async () => {
    expect(await migrate(url, [first])).toEqual([first.name]);
    expect(await migrate(url, [first, second])).toEqual([second.name]);
    expect(await query('SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations')).toEqual([
      { migration_name: first.name, checksum: first.checksum, applied_steps_count: 1 },
      { migration_name: second.name, checksum: second.checksum, applied_steps_count: 1 },
    ]);
    expect(await query('SELECT count(*) AS n FROM _prisma_migrations WHERE finished_at IS NULL')).toEqual([{ n: 0 }]);
  });

  it('keeps nothing of a migration that fails in its middle', async () => {
    const broken = migrationFile('20260103000000_c', 'CREATE TABLE "C" ("id" TEXT); INSERT INTO "Nowhere" VALUES (1);');
    await expect(migrate(url, [first, broken])).rejects.toThrow(/20260103000000_c.*as before it/);
    expect(await query(`SELECT name FROM sqlite_master WHERE name IN ('A', 'C')`)).toEqual([{ name: 'A' }]);
    expect(await query('SELECT migration_name FROM _prisma_migrations')).toEqual([{ migration_name: first.name }]);
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
});

describe('a history that does not fit the files is refused, with nothing changed:', () => {
  const other = migrationFile(second.name, 'CREATE TABLE "Other" ("id" TEXT);');
  const cases: [string, MigrationFile[], MigrationFile[], string][] = [
    ['a database newer than the code', [first, other], [first], 'migration-unknown'],
    ['a migration changed after it was applied', [first, other], [first, second], 'migration-changed'],
    ['a migration missing before the newest', [other], [first, other], 'migration-late'],
  ];
  it.each(cases)('%s', async (_title, applied, files, code) => {
    await migrate(url, applied);
    const history = await query('SELECT * FROM _prisma_migrations');
    await expect(migrate(url, files)).rejects.toMatchObject({ code });
    expect(await query('SELECT * FROM _prisma_migrations')).toEqual(history);
  });

  it('one that Prisma began and did not finish', async () => {
    await migrate(url, [first]);
    await query(`UPDATE _prisma_migrations SET finished_at = NULL`);
    await expect(migrate(url, [first])).rejects.toMatchObject({ code: 'migration-unfinished' });
  });
});

it('knows a rolled back migration as not applied', async () => {
  await migrate(url, [first]);
  await query('DROP TABLE "A"');
  await query(`UPDATE _prisma_migrations SET rolled_back_at = ${Date.now()}`);
  expect(await migrate(url, [first])).toEqual([first.name]);
});

it('finds the committed migrations in order, in the layout of Prisma', async () => {
  const files = await readMigrationFiles('prisma/migrations/sqlite');
  expect(files.map(file => file.name)).toEqual(files.map(file => file.name).toSorted());
  expect(files.every(file => /^\d{14}_[a-z0-9_]+$/.test(file.name))).toBe(true);
  expect(await readFile('prisma/migrations/sqlite/migration_lock.toml', 'utf8')).toContain('provider = "sqlite"');
});
