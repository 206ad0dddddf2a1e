import { existsSync, statSync } from 'node:fs';
import { type DatabaseAddress, parseDatabaseUrl } from '#data/database-url.ts';
import { committedMigrations } from '#data/migrate.ts';
import { type AppliedMigration, planMigrations } from '#data/migration-plan.ts';
import { connectPostgres, openPostgresMigrations, serverVersion } from '#data/postgres-migrations.ts';
import { openSqliteMigrations } from '#data/sqlite-migrations.ts';
import type { Finding } from './preflight.ts';

const what = 'Database';

/** Which database it is, whether it answers, and whether this version can use it. Changes nothing, makes no file. */
export async function probeDatabase(url: string): Promise<Finding> {
  const address = parseDatabaseUrl(url);
  if (address.kind === 'sqlite' && !existsSync(address.file))
    return { what, ok: true, seen: `SQLite, none yet (npm start makes ${address.file})`, remedy: '' };
  try {
    const missing = planMigrations(await committedMigrations(address.kind), await historyOf(address)).length;
    const level = missing === 0 ? 'up to date' : `${missing} migrations to apply (npm start does it)`;
    return { what, ok: true, seen: `${await describe(address)}, ${level}`, remedy: '' };
  } catch (error) {
    return { what, ok: false, seen: address.shown, remedy: (error as Error).message };
  }
}

async function historyOf(address: DatabaseAddress): Promise<AppliedMigration[]> {
  const store = await (address.kind === 'sqlite' ? openSqliteMigrations(address) : openPostgresMigrations(address));
  return store.history().finally(() => store.close());
}

async function describe(address: DatabaseAddress): Promise<string> {
  if (address.kind === 'sqlite') return `SQLite ${address.file} (${Math.ceil(statSync(address.file).size / 1024)} KiB)`;
  const client = await connectPostgres(address);
  return `PostgreSQL ${await serverVersion(client).finally(() => client.end())}: ${address.shown}`;
}
