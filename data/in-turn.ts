import { kindOf } from './database-kind.ts';
import type { Db, Tx } from './db.ts';

/** What transactions take turns on. Two that name the same run one after the other, whatever they read before they write. */
export type Turn = 'admins' | `attempt:${string}` | `class:${string}` | `learner:${string}`;

/** Numbers of a transaction. */
export const turnLimits = {
  /** How long one waits for a connection; thirty may arrive at once on a slow machine. Milliseconds. */
  maxWaitMs: 10_000,
  /** How long one may take, the wait for its turn included; milliseconds. */
  timeoutMs: 15_000,
  /** How often one runs at most when PostgreSQL breaks it off for the sake of another. */
  runs: 3,
} as const;

/**
 * A transaction: all of `work` or nothing of it. SQLite has one writer, so all take turns there. On PostgreSQL those that
 * name the same turn do, by an advisory lock that ends with the transaction; each statement sees what was committed
 * before it. One that PostgreSQL breaks off (deadlock, or somebody else just made the same row) runs again.
 */
export async function inTurn<T>(db: Db, turns: Turn | Turn[], work: (tx: Tx) => Promise<T>): Promise<T> {
  const options = { maxWait: turnLimits.maxWaitMs, timeout: turnLimits.timeoutMs };
  if (kindOf(db) === 'sqlite') return db.$transaction(work, options);
  // Always in the same order: two that take each other's turn would wait forever.
  const wanted = [turns].flat().sort();
  for (let run = 1; ; run++) {
    try {
      return await db.$transaction(
        async tx => {
          for (const turn of wanted) await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${turn}, 0))`;
          return work(tx);
        },
        // A server may have another default, whose statements would not see what was committed while they waited.
        { ...options, isolationLevel: 'ReadCommitted' as 'Serializable' },
      );
    } catch (error) {
      if (run >= turnLimits.runs || !brokenOff.includes((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

/** Prisma's codes for a row that is there already, and for a deadlock. */
const brokenOff = ['P2002', 'P2034'];
