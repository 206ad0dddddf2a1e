import pg from 'pg';
import { parseDatabaseUrl } from '../database-url.ts';
import { openSqliteFile } from '../sqlite-file.ts';

/** Runs one statement past Prisma, on a connection of its own; answers its rows. */
export async function rawSql(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const address = parseDatabaseUrl(url);
  if (address.kind === 'sqlite') {
    const file = openSqliteFile(address.file);
    try {
      return file.rows(sql);
    } finally {
      file.close();
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
