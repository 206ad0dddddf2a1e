import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MigrationFile, readMigrationFiles } from './migration-files.ts';
import { applyMigration, historyTable, readHistory } from './migration-history.ts';
import { planMigrations } from './migration-plan.ts';
import { openMigrationClient } from './sqlite-client.ts';

const folder = fileURLToPath(new URL('../prisma/migrations/sqlite/', import.meta.url));

/**
 * Brings the database at `url` (`file:…`) up to this version: creates the file when there is none, applies what is
 * missing, each migration in its own transaction, recorded as `prisma migrate deploy` records it. Returns the names
 * applied. Throws, with nothing changed, when the history and the files do not agree (`MigrationRefused`).
 */
export async function migrate(url: string, files: MigrationFile[] | null = null): Promise<string[]> {
  const wanted = files ?? (await readMigrationFiles(folder));
  if (url.startsWith('file:/')) await mkdir(dirname(fileURLToPath(url)), { recursive: true, mode: 0o700 });
  const client = openMigrationClient(url);
  try {
    await client.execute('PRAGMA journal_mode = WAL');
    await client.execute(historyTable);
    const plan = planMigrations(wanted, await readHistory(client));
    for (const file of plan) await applyMigration(client, file);
    return plan.map(file => file.name);
  } finally {
    client.close();
  }
}
