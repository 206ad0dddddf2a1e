import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Db, openDb } from '../db.ts';
import { migrate } from '../migrate.ts';

/** A migrated SQLite file of one test's own. */
export interface TestDb {
  db: Db;
  url: string;
  close(): Promise<void>;
}

export async function openTestDb(): Promise<TestDb> {
  const folder = await mkdtemp(join(tmpdir(), 'belowdeck-db-'));
  const url = pathToFileURL(join(folder, 'test.db')).href;
  await migrate(url);
  const db = await openDb(url);
  return {
    db,
    url,
    async close() {
      await db.$disconnect();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
