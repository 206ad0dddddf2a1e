import { type DatabaseAddress, parseDatabaseUrl } from '#data/database-url.ts';
import type { MigrationFile } from '#data/migration-files.ts';
import type { AppliedMigration } from '#data/migration-plan.ts';
import { postgresCopier } from './postgres-copy.ts';
import { sqliteCopier } from './sqlite-copy.ts';

/** How one kind of database is copied and put back. Refusals say what to do; until `putBack` ends nothing is changed. */
export interface DatabaseCopier {
  /** Writes the database, as it is at one moment, to a file. It may be in use meanwhile. */
  copyTo(payload: string): Promise<{ migrations: AppliedMigration[]; server: number | null }>;
  /** Throws while anybody else uses the database. */
  insistOnAlone(): Promise<void>;
  /**
   * Puts the database of a backup file, brought up to this version, in place of the present one, which is kept: all of
   * it or nothing. Answers where the one before is now; null: there was none.
   */
  putBack(backup: BackupToRestore): Promise<{ kept: string | null }>;
}

export interface BackupToRestore {
  file: string;
  /** Where in the file the database begins. */
  payloadAt: number;
  /** Major version of the PostgreSQL server it came from. */
  server: number | null;
  /** Names what is kept. */
  stamp: string;
  /** Migrations that this version has more, in order. */
  missing: MigrationFile[];
}

/** The copier for the database that a `DATABASE_URL` names. */
export function copierFor(url: string): { address: DatabaseAddress; copier: DatabaseCopier } {
  const address = parseDatabaseUrl(url);
  return { address, copier: address.kind === 'sqlite' ? sqliteCopier(address) : postgresCopier(address, url) };
}
