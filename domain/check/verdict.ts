import { z } from 'zod';

/** unknown: it could not be seen (the daemon does not answer). Never shown or counted as failed. */
export const outcomeSchema = z.enum(['passed', 'failed', 'unknown']);
export type Outcome = z.infer<typeof outcomeSchema>;

/** What one check says. There is no silent "wrong": all four of expected, observed, where, at are always there. */
export const verdictSchema = z.object({
  check: z.string(),
  outcome: outcomeSchema,
  /** One sentence for the learner, e.g. "container `web` is running". */
  expected: z.string(),
  /** One sentence, e.g. "container `web` exited with code 1, 4 s ago". Learner text in it is escaped and bounded. */
  observed: z.string(),
  /** Where it was looked, e.g. "the sandbox's Docker API" or "the kernel's process table, seen from outside". */
  where: z.string(),
  at: z.number(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** What a task says: passed when all its checks passed; failed when one failed; else unknown. */
export const taskVerdictSchema = z.object({
  task: z.string(),
  outcome: outcomeSchema,
  checks: z.array(verdictSchema),
  at: z.number(),
});
export type TaskVerdict = z.infer<typeof taskVerdictSchema>;
