import { z } from 'zod';
import { attemptIdSchema } from '#domain/protocol/claim.ts';
import type { JsonFile } from './json-file.ts';
import { poolLimits } from './pool-limits.ts';

export const waiterSchema = z.object({
  attemptId: attemptIdSchema,
  ownerId: z.string().nullable(),
  egress: z.boolean(),
  /** Milliseconds. */
  ttlMs: z.number(),
  idleMs: z.number(),
  /** Since when it waits, epoch milliseconds. */
  since: z.number(),
});
/** Somebody who waits for a sandbox. */
export type Waiter = z.infer<typeof waiterSchema>;
export const keptQueueSchema = z.array(waiterSchema);

/** Who waits, in the order in which they came. Survives a restart of sandboxd; everybody is then given time to say so again. */
export interface Queue {
  all(): readonly Waiter[];
  find(attemptId: string): Waiter | undefined;
  /**
   * At the end; `front`: before everybody, for who gave up a sandbox to get another; `behind`: after so many, for who gave up
   * that place. Waits already: keeps the place.
   */
  join(waiter: Waiter, front: boolean, behind?: number): void;
  /** Takes somebody out; not there is fine. */
  remove(attemptId: string): void;
  /** They are still there. */
  keep(attemptIds: readonly string[]): void;
  /** Takes out those of whom nobody said so for too long, and returns them. */
  expire(): Waiter[];
}

export function createQueue(options: {
  file: JsonFile<Waiter[]>;
  onBroken: (error: unknown) => void;
  /** After each change of who waits. */
  onChange: () => void;
  now?: () => number;
}): Queue {
  const { file, now = Date.now } = options;
  let waiters: Waiter[] = file.load(options.onBroken) ?? [];
  const seenAt = new Map(waiters.map(waiter => [waiter.attemptId, now()]));

  function change(next: Waiter[]): void {
    waiters = next;
    file.save(waiters);
    options.onChange();
  }
  const find = (attemptId: string) => waiters.find(waiter => waiter.attemptId === attemptId);
  function remove(attemptId: string): void {
    if (!find(attemptId)) return;
    seenAt.delete(attemptId);
    change(waiters.filter(waiter => waiter.attemptId !== attemptId));
  }
  return {
    all: () => waiters,
    find,
    join(waiter, front, behind = waiters.length) {
      seenAt.set(waiter.attemptId, now());
      if (find(waiter.attemptId)) return;
      change(waiters.toSpliced(front ? 0 : behind, 0, waiter));
    },
    remove,
    keep(attemptIds) {
      for (const id of attemptIds) if (seenAt.has(id)) seenAt.set(id, now());
    },
    expire() {
      const gone = waiters.filter(({ attemptId }) => now() - (seenAt.get(attemptId) ?? 0) >= poolLimits.keepPlaceMs);
      for (const { attemptId } of gone) remove(attemptId);
      return gone;
    },
  };
}
