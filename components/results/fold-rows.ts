import type { ClassMessage, ClassRow } from '#domain/protocol/live.ts';

/** The table after a message: all rows anew, or those that changed in their place; who is new is added. */
export function foldRows(rows: ClassRow[], message: ClassMessage): ClassRow[] {
  if (message.whole) return message.rows;
  const changed = new Map(message.rows.map(row => [row.userId, row]));
  const known = new Set(rows.map(row => row.userId));
  return [...rows.map(row => changed.get(row.userId) ?? row), ...message.rows.filter(row => !known.has(row.userId))];
}
