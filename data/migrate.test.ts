import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDb } from './db.ts';
import { appliedMigrations, committedMigrations, migrate } from './migrate.ts';
import { type MigrationFile, migrationFile } from './migration-files.ts';
import { rawSql } from './testing/raw-sql.ts';
import { makeTestDatabase, type TestDatabase, testedKind } from './testing/test-database.ts';

// Slow on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

let database: TestDatabase;
let url: string;
beforeEach(async () => {
  database = await makeTestDatabase();
  url = database.url;
});
afterEach(() => database.remove());

const query = (sql: string) => rawSql(url, sql);
const tableNames =
  testedKind === 'sqlite'
    ? `SELECT name FROM sqlite_master WHERE type = 'table'`
    : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
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

  it('is brought up by two processes that start at once, each migration once', async () => {
    const script = `import { migrate } from './data/migrate.ts';
      console.log((await migrate(process.argv[1])).length);`;
    const start = () =>
      promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script, url], { cwd: '.' });
    const said = await Promise.all([start(), start(), start()]);
    const files = await committedMigrations(testedKind);
    expect(said.reduce((sum, { stdout }) => sum + Number(stdout), 0)).toBe(files.length);
    expect((await appliedMigrations(url)).map(row => row.name)).toEqual(files.map(file => file.name));
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
    expect(await query('SELECT * FROM _prisma_migrations WHERE finished_at IS NULL')).toEqual([]);
  });

  it('keeps nothing of a migration that fails in its middle', async () => {
    const broken = migrationFile('20260103000000_c', 'CREATE TABLE "C" ("id" TEXT); INSERT INTO "Nowhere" VALUES (1);');
    await expect(migrate(url, [first, broken])).rejects.toThrow(/20260103000000_c.*as before it/);
    const tables = (await query(tableNames)).map(row => row.name);
    expect([tables.includes('A'), tables.includes('C')]).toEqual([true, false]);
    expect(await query('SELECT migration_name FROM _prisma_migrations')).toEqual([{ migration_name: first.name }]);
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
  await query(`UPDATE _prisma_migrations SET rolled_back_at = started_at`);
  expect(await migrate(url, [first])).toEqual([first.name]);
});

it('finds the committed migrations in order, in the layout of Prisma', async () => {
  const files = await committedMigrations(testedKind);
  expect(files.length).toBeGreaterThan(0);
  expect(files.map(file => file.name)).toEqual(files.map(file => file.name).toSorted());
  expect(files.every(file => /^\d{14}_[a-z0-9_]+$/.test(file.name))).toBe(true);
  expect(await readFile(`prisma/migrations/${testedKind}/migration_lock.toml`, 'utf8')).toContain(
    `provider = "${testedKind}"`,
  );
});

it('has the same migrations for both kinds of database', async () => {
  const names = async (kind: 'sqlite' | 'postgresql') => (await committedMigrations(kind)).map(file => file.name);
  expect(await names('postgresql')).toEqual(await names('sqlite'));
});
