import { type Db, openDb } from '../db.ts';
import { migrate } from '../migrate.ts';
import { rawSql } from './raw-sql.ts';
import { makeTestDatabase, migratedTemplate, type TestDatabase, testedKind } from './test-database.ts';

/** A migrated database of one test's own, of the kind that this run is about. */
export interface TestDb {
  db: Db;
  url: string;
  close(): Promise<void>;
}

/** PostgreSQL takes long to make a database: those of earlier tests of the file, emptied. The server removes them. */
const spare: TestDatabase[] = [];

export async function openTestDb(): Promise<TestDb> {
  const database = spare.pop() ?? (await makeTestDatabase(testedKind, migratedTemplate));
  const { url } = database;
  if (testedKind === 'sqlite') await migrate(url);
  const db = await openDb(url);
  return {
    db,
    url,
    async close() {
      await db.$disconnect();
      if (testedKind === 'sqlite') return database.remove();
      await rawSql(url, roots.map(table => `DELETE FROM "${table}"`).join(';'));
      spare.push(database);
    },
  };
}

/** The rows of all other tables go with them. */
const roots = ['User', 'Class', 'LabVersion', 'OneTimeLink', 'AuditEvent', 'Verification'];
