import { fileURLToPath } from 'node:url';
import { type DatabaseKind, parseDatabaseUrl } from './database-url.ts';
import { type MigrationFile, readMigrationFiles } from './migration-files.ts';
import { type AppliedMigration, planMigrations } from './migration-plan.ts';
import type { MigrationStore } from './migration-store.ts';
import { openPostgresMigrations } from './postgres-migrations.ts';
import { openSqliteMigrations } from './sqlite-migrations.ts';

/** Our migrations for a kind of database, oldest first. */
export function committedMigrations(kind: DatabaseKind): Promise<MigrationFile[]> {
  return readMigrationFiles(fileURLToPath(new URL(`../prisma/migrations/${kind}/`, import.meta.url)));
}

/**
 * Brings the database at `url` up to this version: makes the tables (of SQLite also the file) when there are none,
 * applies what is missing, each migration in its own transaction, recorded as `prisma migrate deploy` records it.
 * Returns the names applied. Two processes that start at once do not get into each other's way. Throws, with nothing
 * changed, when the history and the files do not agree (`MigrationRefused`), or PostgreSQL cannot be used (`database`).
 */
export async function migrate(url: string, files: MigrationFile[] | null = null): Promise<string[]> {
  const wanted = files ?? (await committedMigrations(parseDatabaseUrl(url).kind));
  return withStore(url, store =>
    store.alone(async () => {
      const applied: string[] = [];
      for (const file of planMigrations(wanted, await store.history()))
        if (await store.apply(file)) applied.push(file.name);
      return applied;
    }),
  );
}

/** What was applied to the database so far; changes nothing, but makes an empty SQLite file where there is none. */
export function appliedMigrations(url: string): Promise<AppliedMigration[]> {
  return withStore(url, store => store.history());
}

async function withStore<T>(url: string, work: (store: MigrationStore) => Promise<T>): Promise<T> {
  const address = parseDatabaseUrl(url);
  const store = await (address.kind === 'sqlite' ? openSqliteMigrations(address) : openPostgresMigrations(address));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
