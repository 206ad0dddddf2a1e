import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { committedMigrations } from '#data/migrate.ts';
import type { MigrationFile } from '#data/migration-files.ts';
import { planMigrations } from '#data/migration-plan.ts';
import { root } from '../setup/paths.ts';
import { Refusal } from '../setup/refusal.ts';
import { type Manifest, readBackupFile, writeBackupFile } from './backup-file.ts';
import { copierFor } from './database-copier.ts';

/** Where backups go when nobody says where: beside the state folder's parent, which `npm run uninstall` leaves alone. */
export function defaultBackupFile(now: Date): string {
  return join(root, 'backups', `belowdeck-${stampOf(now)}.backup`);
}

/** Backs up the database that `url` names into one new file. Belowdeck may run meanwhile. */
export async function makeBackup(url: string, to: string, now: Date): Promise<Manifest> {
  const file = resolve(to);
  if (existsSync(file)) throw new Refusal(`${file} is there already.`, 'It was left as it is. Name another: --to FILE');
  const { address, copier } = copierFor(url);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // Beside the file: it has room for the database, and nobody else may read there what is not finished.
  const folder = await mkdtemp(join(dirname(file), `.${basename(file)}-`));
  try {
    const payload = join(folder, 'payload');
    const { migrations, server } = await copier.copyTo(payload);
    const facts = { belowdeck: ownVersion(), kind: address.kind, createdAt: now.toISOString(), server };
    const levels = migrations.map(({ name, checksum }) => ({ name, checksum }));
    return await writeBackupFile(file, { ...facts, migrations: levels }, payload);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts a backup in place of the database that `url` names, which is kept beside it; missing migrations are applied. */
export async function restoreBackup(
  url: string,
  from: string,
  now: Date,
  migrations: MigrationFile[] | null = null,
): Promise<{ manifest: Manifest; applied: string[]; kept: string | null }> {
  const file = resolve(from);
  const { manifest, payloadAt } = await readBackupFile(file);
  const { address, copier } = copierFor(url);
  if (manifest.kind !== address.kind)
    throw new Refusal(
      `The backup is of a ${manifest.kind} database, DATABASE_URL names a ${address.kind} one (${address.shown}).`,
      'Nothing was changed. A backup goes back to the kind of database it came from; set DATABASE_URL to such a one.',
    );
  // Refuses what is newer than this version, before anything is touched.
  const ours = migrations ?? (await committedMigrations(manifest.kind));
  const missing = planMigrations(
    ours,
    manifest.migrations.map(migration => ({ ...migration, finished: true })),
  );
  await copier.insistOnAlone();
  const { kept } = await copier.putBack({
    ...{ file, payloadAt, server: manifest.server },
    ...{ stamp: stampOf(now), missing },
  });
  return { manifest, applied: missing.map(file => file.name), kept };
}

/** 2026-11-22T09-30-00Z: sorts by time, and fits into file names. */
function stampOf(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}

function ownVersion(): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}
