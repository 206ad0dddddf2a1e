import { z } from 'zod';
import { limitsSchema } from '#domain/protocol/limits.ts';
import { sandboxSchema } from '#domain/protocol/sandbox.ts';

/** What sandboxd remembers of a sandbox, one file each; what the web process sees is `sandbox`. */
export const sandboxRecordSchema = z.object({
  sandbox: sandboxSchema,
  /** Whose attempt it serves, opaque; null: nobody's. */
  ownerId: z.string().nullable().default(null),
  /** Full id of its container; null until it is created. */
  containerId: z.string().nullable(),
  /** Its init in the sandbox host's PID namespace and that process's start time; null until it runs. */
  init: z.object({ pid: z.number().int(), startTicks: z.number() }).nullable(),
  /** Id of the image it was made from. */
  imageId: z.string(),
  /** Identities of the lab image's programs, taken before the learner had the sandbox. */
  genuine: z.record(z.string(), z.string()),
  /** The limits it was made with, all of them. Records of before there was such an object have none. */
  limits: limitsSchema.optional(),
});
export type SandboxRecord = z.infer<typeof sandboxRecordSchema>;

/** A sandbox that is there or about to be: neither ended nor on its way out. */
export function isLiving(record: SandboxRecord): boolean {
  return record.sandbox.state === 'warming' || record.sandbox.state === 'ready';
}

/** Frozen because nobody uses it. */
export function isSuspended(record: SandboxRecord): boolean {
  return isLiving(record) && record.sandbox.suspendedAt !== null;
}
