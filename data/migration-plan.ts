import type { MigrationFile } from './migration-files.ts';

/** One row of `_prisma_migrations` that was not rolled back. */
export interface AppliedMigration {
  name: string;
  checksum: string;
  finished: boolean;
}

/** The migrations still to apply, in order. Throws with a text for the operator when history and files disagree. */
export function planMigrations(files: MigrationFile[], applied: AppliedMigration[]): MigrationFile[] {
  const byName = new Map(files.map(file => [file.name, file]));
  for (const row of applied) {
    const file = byName.get(row.name);
    if (!file) throw refusal('migration-unknown', newerText(row.name));
    if (!row.finished) throw refusal('migration-unfinished', unfinishedText(row.name));
    if (file.checksum !== row.checksum) throw refusal('migration-changed', changedText(row.name));
  }
  const done = new Set(applied.map(row => row.name));
  const missing = files.filter(file => !done.has(file.name));
  const newest = applied
    .map(row => row.name)
    .sort()
    .at(-1);
  const late = missing.find(file => newest !== undefined && file.name < newest);
  if (late) throw refusal('migration-late', lateText(late.name, newest ?? ''));
  return missing;
}

export type RefusalCode = 'migration-unknown' | 'migration-unfinished' | 'migration-changed' | 'migration-late';

function refusal(code: RefusalCode, message: string): Error & { code: RefusalCode } {
  return Object.assign(new Error(message), { name: 'MigrationRefused', code });
}

const newerText = (name: string) =>
  `The database is newer than this version of Belowdeck: it has the migration "${name}", which is not among ours. ` +
  'Nothing was changed. Start the version you ran before, or restore the backup made before the update.';
const unfinishedText = (name: string) =>
  `The migration "${name}" was begun by Prisma's own tool and did not end. Nothing was changed. ` +
  'Restore the backup made before it, or see `npx prisma migrate resolve`.';
const changedText = (name: string) =>
  `The migration "${name}" was applied with another content than the file has now. Nothing was changed. ` +
  `Restore migration.sql in the folder ${name} of prisma/migrations as released.`;
const lateText = (name: string, newest: string) =>
  `The migration "${name}" is missing in the database, though the later "${newest}" is there. Nothing was changed. ` +
  'Restore the folder prisma/migrations as released.';
