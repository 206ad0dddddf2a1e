import { kindOf } from './database-kind.ts';
import type { Tx } from './db.ts';

/** A filter for columns that contain a text, in capitals or not: SQLite's LIKE is so by itself, PostgreSQL asks. */
export function containsText(db: Tx, text: string): { contains: string } {
  return kindOf(db) === 'sqlite' ? { contains: text } : Object.assign({ contains: text }, { mode: 'insensitive' });
}
