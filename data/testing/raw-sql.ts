import pg from 'pg';
import { parseDatabaseUrl } from '../database-url.ts';
import { openMigrationClient } from '../sqlite-client.ts';

/** Runs one statement past Prisma, on a connection of its own; answers its rows. */
export async function rawSql(url: string, sql: string): Promise<Record<string, unknown>[]> {
  if (parseDatabaseUrl(url).kind === 'sqlite') {
    const client = openMigrationClient(url);
    try {
      return (await client.execute(sql)).rows.map(row => ({ ...row }));
    } finally {
      client.close();
    }
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
