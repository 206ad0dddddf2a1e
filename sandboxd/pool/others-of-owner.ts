import type { Waiter } from './queue.ts';
import { isLiving, type SandboxRecord } from './sandbox-record.ts';

/** Other attempts of the same owner that have a living sandbox or wait for one; nobody's are not counted. */
export function othersOfOwner(
  { attemptId, ownerId }: { attemptId: string; ownerId: string | null },
  records: readonly SandboxRecord[],
  waiters: readonly Waiter[],
): string[] {
  if (ownerId === null) return [];
  const attempts = [
    ...records.filter(record => record.ownerId === ownerId && isLiving(record)).map(({ sandbox }) => sandbox.attemptId),
    ...waiters.filter(waiter => waiter.ownerId === ownerId).map(waiter => waiter.attemptId),
  ];
  return [...new Set(attempts)].filter(id => id !== null && id !== attemptId) as string[];
}
