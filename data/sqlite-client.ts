import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqliteAddress } from './database-url.ts';
import { flushFile } from './flush-file.ts';

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
 *
 * What was written is on the disk before its promise resolves. SQLite itself would wait for the disk on the only thread,
 * and every keystroke with it; `synchronous = NORMAL` (openDb) leaves that to us.
 */
export class SqliteAdapter extends PrismaLibSql {
  readonly #log: string;

  constructor(url: string, { file }: SqliteAddress) {
    super({ url });
    this.#log = `${file}-wal`;
  }

  override createClient(config: Parameters<PrismaLibSql['createClient']>[0]): SqliteClient {
    const client = super.createClient({ ...config, timeout: sqliteLimits.busyTimeoutMs });
    const run = client.execute.bind(client) as Run;
    const flush = () => flushFile(this.#log);
    const runAndFlush: Run = async statement => {
      const result = await run(statement);
      if (!reads.test(typeof statement === 'string' ? statement : statement.sql)) await flush();
      return result;
    };
    client.execute = runAndFlush;
    client.transaction = async () => {
      await run('BEGIN IMMEDIATE');
      return transactionOn(run, flush);
    };
    return client;
  }
}

type Transaction = Awaited<ReturnType<SqliteClient['transaction']>>;
type Run = (statement: string | { sql: string }) => ReturnType<SqliteClient['execute']>;

/** What leaves nothing for the disk. */
const reads = /^\s*(SELECT|PRAGMA)\b/i;

function transactionOn(run: Run, flush: () => Promise<void>): Transaction {
  let open = true;
  const end = async (statement: 'COMMIT' | 'ROLLBACK') => {
    if (!open) return;
    open = false;
    try {
      await run(statement);
    } catch (error) {
      // A commit that failed leaves the transaction open, and the next one would land inside it.
      if (statement === 'COMMIT') await run('ROLLBACK');
      throw error;
    }
    if (statement === 'COMMIT') await flush();
  };
  return {
    execute: run as Transaction['execute'],
    batch: async statements => {
      const results = [];
      for (const statement of statements) results.push(await run(statement));
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
