import { z } from 'zod';
import { fenceReadingSchema } from './fence-name.ts';

/** Hex, made by sandboxd; also part of the container's name, so nothing else is allowed in it. */
export const sandboxIdSchema = z.string().regex(/^[a-f0-9]{12}$/);

/**
 * warming: started, not yet handed over (only inside the pool). ready: it answers. stopping: being removed.
 * ended: gone; the record is kept for a while so that the learner can be told why.
 */
export const sandboxStateSchema = z.enum(['warming', 'ready', 'stopping', 'ended']);

export const endReasonSchema = z.enum([
  'learner', // ended or reset by the learner
  'admin', // ended by an admin
  'ttl', // lifetime used up
  'idle', // nobody typed and no page was open
  'finished', // the attempt was finished
  'crashed', // its init died
  'out-of-memory', // the kernel ended it at its memory limit
  'cgroups', // it made far more control groups than it may have (cgroup version 1: the kernel refuses none)
  'host-lost', // the sandbox host was restarted without it
  'replaced', // a reset put a fresh one in its place
  'moved', // its learner gave it up for a sandbox in another lab
]);
export type EndReason = z.infer<typeof endReasonSchema>;

export const sandboxSchema = z.object({
  id: sandboxIdSchema,
  /** Attempt it was handed to; null while it waits in the pool. */
  attemptId: z.string().nullable(),
  image: z.string(),
  egress: z.boolean(),
  state: sandboxStateSchema,
  createdAt: z.number(),
  claimedAt: z.number().nullable(),
  /** Hard end of its lifetime, epoch ms; null in the pool. */
  expiresAt: z.number().nullable(),
  /** Last keystroke, viewer or RPC on behalf of the learner. */
  activeAt: z.number().nullable(),
  /** It ends when idle for this long, milliseconds. */
  idleMs: z.number(),
  /** Since when it is frozen because nobody uses it; it goes on at the first key. Null: it runs. */
  suspendedAt: z.number().nullable().default(null),
  limits: z.object({
    memoryBytes: z.number(),
    cpus: z.number(),
    pids: z.number(),
    diskBytes: z.number(),
    inodes: z.number(),
  }),
  /** The fence that acted last; none did so far. */
  acted: fenceReadingSchema.optional(),
  ended: z
    .object({
      reason: endReasonSchema,
      at: z.number(),
      /** For people: the measured value that led to it, e.g. "used 1024 of 1024 MiB". */
      detail: z.string(),
    })
    .nullable(),
});
export type Sandbox = z.infer<typeof sandboxSchema>;
