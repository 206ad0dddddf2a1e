import type { MigrationFile } from './migration-files.ts';
import type { AppliedMigration } from './migration-plan.ts';

/** How the migrations of one kind of database are read and run. Close it. */
export interface MigrationStore {
  /** Runs `work` while no other process migrates, with the table of what was applied in place. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** What was applied so far, without what was rolled back. An empty database has no history. */
  history(): Promise<AppliedMigration[]>;
  /** Runs one migration and records it, all or nothing. False: another process did it meanwhile. */
  apply(file: MigrationFile): Promise<boolean>;
  close(): Promise<void>;
}

/** What to say of a migration that failed. */
export function migrationFailed(file: MigrationFile, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(
    `The migration "${file.name}" failed: ${reason}. Nothing of it was kept; the database is as before it.`,
    { cause },
  );
}
