import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { link, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { SqliteAddress } from '#data/database-url.ts';
import type { SqliteFile } from '#data/sqlite-file.ts';
import { sqliteMigrations } from '#data/sqlite-migrations.ts';
import { Refusal } from '../setup/refusal.ts';
import type { DatabaseCopier } from './database-copier.ts';
import { openLoneSqlite } from './lone-sqlite.ts';

/** Copies and puts back the embedded database. `VACUUM INTO` is one consistent moment, whoever writes meanwhile. */
export function sqliteCopier({ file }: SqliteAddress): DatabaseCopier {
  return {
    async copyTo(payload) {
      if (!existsSync(file))
        throw new Refusal(`There is no database: ${file}.`, 'npm start makes one. DATABASE_URL names another place.');
      const copy = `${payload}.db`;
      try {
        withFile(file, database => database.rows('VACUUM INTO ?', copy));
        insistOnIntegrity(copy);
        const copied = sqliteMigrations(openLoneSqlite(copy));
        const migrations = await copied.history().finally(() => copied.close());
        await pipeline(createReadStream(copy), createGzip(), createWriteStream(payload, { mode: 0o600 }));
        return { migrations, server: null };
      } finally {
        await rm(copy, { force: true });
      }
    },

    async insistOnAlone() {
      if (!existsSync(file)) return;
      if (!leaveWal(file))
        throw new Refusal(
          'Belowdeck still uses the database.',
          'Nothing was changed. Stop it (Ctrl-C where npm start runs, or its service), then restore again.',
        );
    },

    async putBack({ file: backup, payloadAt, stamp, missing }) {
      const fresh = `${file}.restoring`;
      const kept = existsSync(file) ? `${file}.before-restore-${stamp}` : null;
      try {
        const out = createWriteStream(fresh, { mode: 0o600, flush: true });
        await pipeline(createReadStream(backup, { start: payloadAt }), createGunzip(), out);
        insistOnIntegrity(fresh);
        // Before it takes the other's place: when a migration fails, nothing was changed.
        const store = sqliteMigrations(openLoneSqlite(fresh));
        try {
          for (const migration of missing) await store.apply(migration);
        } finally {
          await store.close();
        }
        leaveWal(fresh);
        await this.insistOnAlone();
        // The old file gets a second name, then loses the first: there is a database at every moment.
        if (kept) await link(file, kept);
        await rename(fresh, file);
        return { kept };
      } finally {
        for (const leftover of [fresh, `${fresh}-wal`, `${fresh}-shm`]) await rm(leftover, { force: true });
      }
    },
  };
}

function insistOnIntegrity(file: string): void {
  const [said] = withFile(file, database => database.rows('PRAGMA integrity_check'));
  if (said?.integrity_check !== 'ok')
    throw new Refusal(
      `SQLite finds the database damaged: ${said?.integrity_check}.`,
      'Nothing was changed. Restore an older backup.',
    );
}

function withFile<T>(file: string, work: (database: SqliteFile) => T): T {
  const database = openLoneSqlite(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** To leave WAL mode one must be alone with the file; it also brings everything into the one file. */
function leaveWal(file: string): boolean {
  try {
    withFile(file, database => database.rows('PRAGMA journal_mode = DELETE'));
    return !existsSync(`${file}-wal`);
  } catch {
    return false;
  }
}
