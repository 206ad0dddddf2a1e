import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import type { DatabaseKind } from '../database-url.ts';

/** The kind that this run of the tests is about: each project of vitest.config.ts names one. */
export const testedKind: DatabaseKind = process.env.BELOWDECK_TEST_DATABASE === 'postgresql' ? 'postgresql' : 'sqlite';

/** The role that tests use: an ordinary one, which owns its databases. */
export const testRole = { name: 'belowdeck', password: 'a password of the tests' } as const;

/** Migrated once for all (tests/support/postgres/start.ts); copies of it take a tenth of the time. */
export const migratedTemplate = 'belowdeck_migrated';

/** A database of one test's own. */
export interface TestDatabase {
  url: string;
  remove(): Promise<void>;
}

/** One without tables; `template` of PostgreSQL: a copy of another. */
export async function makeTestDatabase(kind: DatabaseKind = testedKind, template?: string): Promise<TestDatabase> {
  if (kind === 'postgresql') return makePostgres(template);
  const folder = await mkdtemp(join(tmpdir(), 'belowdeck-db-'));
  return {
    url: pathToFileURL(join(folder, 'test.db')).href,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function makePostgres(template = 'template0'): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asChief(`CREATE DATABASE "${name}" OWNER "${testRole.name}" TEMPLATE "${template}"`);
  return {
    url: postgresUrl(name),
    remove: async () => void (await asChief(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)),
  };
}

/** A database of the tests' server, as the tests' role. */
export function postgresUrl(database: string): string {
  const url = new URL(serverUrl());
  url.username = testRole.name;
  url.password = encodeURIComponent(testRole.password);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs one statement as the superuser of the tests' server; answers its rows. */
export async function asChief(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}

function serverUrl(): string {
  const url = process.env.BELOWDECK_TEST_POSTGRES;
  if (!url) throw new Error('The tests’ PostgreSQL does not run: only the projects "…-postgresql" start it.');
  return url;
}
