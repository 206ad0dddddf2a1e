import { PrismaLibSql } from '@prisma/adapter-libsql';

/** Numbers of the embedded database. */
export const sqliteLimits = {
  /** How long a statement waits for another process (owner-link, a backup) to finish writing; milliseconds. */
  busyTimeoutMs: 5_000,
} as const;

type SqliteClient = ReturnType<PrismaLibSql['createClient']>;

/**
 * Prisma's libSQL adapter on ONE connection. The client beneath it opens a new connection after each transaction and
 * leaves the old one to the garbage collector; the adapter runs one statement or transaction at a time anyway. So
 * transactions stay on the connection, and begin IMMEDIATE: a deferred one that reads, then writes, can fail with
 * SQLITE_BUSY at once when another process wrote in between, busy timeout or not.
 */
export class SqliteAdapter extends PrismaLibSql {
  override createClient(config: Parameters<PrismaLibSql['createClient']>[0]): SqliteClient {
    const client = super.createClient({ ...config, timeout: sqliteLimits.busyTimeoutMs });
    client.transaction = async () => {
      await client.execute('BEGIN IMMEDIATE');
      return transactionOn(client);
    };
    return client;
  }
}

type Transaction = Awaited<ReturnType<SqliteClient['transaction']>>;

function transactionOn(client: SqliteClient): Transaction {
  let open = true;
  const end = async (statement: 'COMMIT' | 'ROLLBACK') => {
    if (!open) return;
    open = false;
    try {
      await client.execute(statement);
    } catch (error) {
      // A commit that failed leaves the transaction open, and the next one would land inside it.
      if (statement === 'COMMIT') await client.execute('ROLLBACK');
      throw error;
    }
  };
  return {
    execute: client.execute.bind(client) as Transaction['execute'],
    batch: async statements => {
      const results = [];
      for (const statement of statements) results.push(await client.execute(statement));
      return results;
    },
    executeMultiple: async () => {
      throw new Error('Scripts do not run inside a transaction: they would end it.');
    },
    commit: () => end('COMMIT'),
    rollback: () => end('ROLLBACK'),
    close: () => void end('ROLLBACK').catch(() => undefined),
    get closed() {
      return !open;
    },
  };
}
