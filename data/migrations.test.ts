import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { migrate } from './migrate.ts';
import { migrationFile, readMigrationFiles } from './migration-files.ts';
import { openMigrationClient } from './sqlite-client.ts';
import { migrationsList, openSchemaEngine } from './testing/schema-engine.ts';

// Slow on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

const migrations = 'prisma/migrations/sqlite';
const filters = { externalTables: [], externalEnums: [] };

let folder: string;
let url: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belowdeck-prisma-'));
  url = pathToFileURL(join(folder, 'test.db')).href;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function tablesOf(file: string): Promise<unknown[]> {
  const client = openMigrationClient(file);
  const { rows } = await client.execute(
    `SELECT "name", "sql" FROM "sqlite_master" WHERE "name" NOT LIKE '\\_%' ESCAPE '\\' ORDER BY "name"`,
  );
  client.close();
  return rows.map(row => ({ ...row }));
}

it('the committed SQL makes exactly the models of schema.prisma', async () => {
  await migrate(url);
  const schema = await readFile('prisma/schema.prisma', 'utf8');
  const wanted = pathToFileURL(join(folder, 'wanted.db')).href;
  const engine = await openSchemaEngine(wanted, schema);
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
    script: true,
    exitCode: null,
    filters,
  });
  await migrate(wanted, [migrationFile('20000101000000_wanted', stdout ?? '')]);
  const tables = await tablesOf(url);
  expect(tables.length).toBeGreaterThan(20);
  expect(tables).toEqual(await tablesOf(wanted));
});

it("Prisma's own migrate deploy finds nothing to do after our runner", async () => {
  await migrate(url);
  const schema = await readFile('prisma/schema.prisma', 'utf8');
  const files = await readMigrationFiles(migrations);
  const engine = await openSchemaEngine(url, schema);
  const list = migrationsList(migrations, files);
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
  const schema = await readFile('prisma/schema.prisma', 'utf8');
  const files = await readMigrationFiles(migrations);
  const engine = await openSchemaEngine(url, schema);
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: migrationsList(migrations, files),
    filters,
  });
  expect(appliedMigrationNames).toEqual(files.map(file => file.name));
  expect(await migrate(url)).toEqual([]);
});
