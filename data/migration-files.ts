import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One migration as it lies on disk in Prisma's layout: `<name>/migration.sql`. */
export interface MigrationFile {
  name: string;
  sql: string;
  /** SHA-256 of the file, hex: what Prisma calls the checksum. */
  checksum: string;
}

/** The migrations of a folder, oldest first. */
export async function readMigrationFiles(folder: string): Promise<MigrationFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
  return Promise.all(
    names.map(async name => migrationFile(name, await readFile(join(folder, name, 'migration.sql'), 'utf8'))),
  );
}

/** A migration of this name and text, with its checksum. */
export function migrationFile(name: string, sql: string): MigrationFile {
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
