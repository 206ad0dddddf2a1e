import type { DatabaseKind } from './database-url.ts';
import type { Db, Tx } from './db.ts';

// Apart from data/db.ts: pages import what needs it, and must not carry the generated clients.

/** Where a client keeps its kind: on itself, since modules are loaded twice in the web process. */
export const kindKey: unique symbol = Symbol.for('belowdeck.databaseKind') as never;

/** Which kind of database a client talks to, inside a transaction too. */
export function kindOf(db: Tx | Db): DatabaseKind {
  return (db as Db)[kindKey];
}
