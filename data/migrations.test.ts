import { readFile } from 'node:fs/promises';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaPg } from '@prisma/adapter-pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { postgresSchema } from '#scripts/setup/postgres-schema.ts';
import { committedMigrations, migrate } from './migrate.ts';
import { migrationFile } from './migration-files.ts';
import { rawSql } from './testing/raw-sql.ts';
import { migrationsList, openSchemaEngine } from './testing/schema-engine.ts';
import { makeTestDatabase, type TestDatabase, testedKind } from './testing/test-database.ts';

// Slow on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

const filters = { externalTables: [], externalEnums: [] };
const isSqlite = testedKind === 'sqlite';

let databases: TestDatabase[];
let url: string;
let schema: string;
beforeEach(async () => {
  databases = [];
  url = await another();
  const models = await readFile('prisma/schema.prisma', 'utf8');
  schema = isSqlite ? models : postgresSchema(models);
});
afterEach(async () => {
  for (const database of databases) await database.remove();
});

async function another(): Promise<string> {
  const database = await makeTestDatabase();
  databases.push(database);
  return database.url;
}

const engineOn = (where: string) =>
  openSchemaEngine(isSqlite ? new PrismaLibSql({ url: where }) : new PrismaPg({ connectionString: where }), schema);

/** Everything that the tables consist of, by the database's own word. */
async function shapeOf(where: string): Promise<unknown[]> {
  if (isSqlite)
    return rawSql(
      where,
      `SELECT "name", "sql" FROM "sqlite_master" WHERE "name" NOT LIKE '\\_%' ESCAPE '\\' ORDER BY "name"`,
    );
  const columns = await rawSql(
    where,
    `SELECT table_name, column_name, data_type, datetime_precision, column_default, is_nullable
     FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`,
  );
  const indexes = await rawSql(where, `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexdef`);
  const rules = await rawSql(
    where,
    `SELECT conrelid::regclass::text AS on, conname, pg_get_constraintdef(oid) AS rule FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace ORDER BY conname`,
  );
  return [...columns, ...indexes, ...rules];
}

it('the committed SQL makes exactly the models of schema.prisma', async () => {
  await migrate(url);
  const wanted = await another();
  const engine = await engineOn(wanted);
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
    script: true,
    exitCode: null,
    filters,
  });
  await migrate(wanted, [migrationFile('20000101000000_wanted', stdout ?? '')]);
  const shape = await shapeOf(url);
  expect(shape.length).toBeGreaterThan(20);
  expect(shape).toEqual(await shapeOf(wanted));
});

it("Prisma's own migrate deploy finds nothing to do after our runner", async () => {
  await migrate(url);
  const engine = await engineOn(url);
  const list = migrationsList(testedKind, await committedMigrations(testedKind));
  expect(
    await engine.diagnoseMigrationHistory({ migrationsList: list, optInToShadowDatabase: false, filters }),
  ).toEqual(
    expect.objectContaining({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    }),
  );
  expect((await engine.applyMigrations({ migrationsList: list, filters })).appliedMigrationNames).toEqual([]);
});

it("our runner finds nothing to do after Prisma's own migrate deploy", async () => {
  const files = await committedMigrations(testedKind);
  const engine = await engineOn(url);
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: migrationsList(testedKind, files),
    filters,
  });
  expect(appliedMigrationNames).toEqual(files.map(file => file.name));
  expect(await migrate(url)).toEqual([]);
});
