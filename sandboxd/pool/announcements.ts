import { z } from 'zod';
import { type Announced, announcementSchema } from '#domain/protocol/claim.ts';
import type { JsonFile } from './json-file.ts';

export const keptAnnouncementsSchema = z.array(
  announcementSchema.extend({ until: z.number(), arrived: z.number().int() }),
);
type Kept = z.infer<typeof keptAnnouncementsSchema>[number];

/** Classes that are about to start: how many more sandboxes should wait for them. Survives a restart of sandboxd. */
export interface Announcements {
  /** Idempotent: the same id again changes size, label and end, and keeps who arrived. */
  announce(input: { id: string; size: number; label: string; forMs: number }): void;
  /** None is fine. */
  cancel(id: string): void;
  /** A learner got a new sandbox: of the class announced first that is still missing some. */
  claimed(): void;
  /** Learners announced who have not come yet. */
  missing(): number;
  /** How each stands, given how many sandboxes wait; those announced first are served first. */
  status(warm: number, shortOf: Announced['shortOf']): Announced[];
}

export function createAnnouncements(options: {
  file: JsonFile<Kept[]>;
  onBroken: (error: unknown) => void;
  now?: () => number;
}): Announcements {
  const { file, now = Date.now } = options;
  let all: Kept[] = file.load(options.onBroken) ?? [];

  const current = () => all.filter(one => now() < one.until);
  const missingOf = (one: Kept) => Math.max(0, one.size - one.arrived);
  function keep(next: Kept[]): void {
    all = next;
    file.save(all);
  }
  return {
    announce({ id, size, label, forMs }) {
      const known = current().find(one => one.id === id);
      const next = { id, size, label, until: now() + forMs, arrived: known?.arrived ?? 0 };
      keep(known ? current().map(one => (one.id === id ? next : one)) : [...current(), next]);
    },
    cancel(id) {
      if (all.some(one => one.id === id)) keep(current().filter(one => one.id !== id));
    },
    claimed() {
      const first = current().find(one => missingOf(one) > 0);
      if (first) keep(current().map(one => (one === first ? { ...one, arrived: one.arrived + 1 } : one)));
    },
    missing: () => current().reduce((sum, one) => sum + missingOf(one), 0),
    status(warm, shortOf) {
      let left = warm;
      return current().map(one => {
        const ready = Math.min(left, missingOf(one));
        left -= ready;
        return { ...one, ready, shortOf: ready < missingOf(one) ? shortOf : null };
      });
    },
  };
}
