import { z } from 'zod';

const minutes = (least: number, most: number) => z.number().min(least).max(most);

/** What an operator may set about the pool and about lifetimes; everything has a default. Unknown keys are errors. */
export const poolSettingsSchema = z
  .strictObject({
    /** Sandboxes that always wait for a learner. Each costs about 40 MiB while it waits. */
    poolMin: z.number().int().min(0).max(100).default(2),
    /** As many may wait when learners keep coming; an announced class may exceed it. */
    poolMax: z.number().int().min(0).max(200).default(8),
    /** Sandboxes started at the same time while learners wait. More at once makes each one slower. */
    startsAtOnce: z.number().int().min(1).max(32).default(4),
    /** Greatest number of sandboxes; by memory when null. */
    maxSandboxes: z.number().int().min(1).max(1_000).nullable().default(null),
    /** Sandboxes that one learner may have at once. */
    perLearner: z.number().int().min(1).max(8).default(1),
    /** Lifetime from the hand-over. A lab takes 20 to 60 minutes; two hours leave room for a break. */
    ttlMinutes: minutes(1, 1_440).default(120),
    /** "Extend" gives so much from now. */
    extendMinutes: minutes(1, 1_440).default(120),
    /** Ends when nobody typed and no page was open for so long: somebody went to lunch, the memory is for others. */
    idleMinutes: minutes(1, 1_440).default(30),
    /**
     * Frozen when nobody typed and no page was visible for so long, and nothing in it works; 0: never. Null: 3 minutes on
     * cgroup version 2, never on version 1, where a frozen process cannot be killed (docs/decisions/152).
     */
    suspendAfterMinutes: minutes(0, 1_440).nullable().default(null),
  })
  .refine(({ poolMin, poolMax }) => poolMin <= poolMax, { path: ['poolMin'], message: 'is greater than poolMax' });
export type PoolSettings = z.infer<typeof poolSettingsSchema>;

/** Not what the pool can be set to; `problems` has a line for each. */
export class PoolSettingsError extends Error {
  readonly code = 'settings';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** What an operator wrote, with defaults for the rest. Throws PoolSettingsError with every problem at once. */
export function parsePoolSettings(value: unknown): PoolSettings {
  const parsed = poolSettingsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PoolSettingsError(
    parsed.error.issues.map(issue => [issue.path.join('.'), issue.message].filter(part => part !== '').join(': ')),
  );
}
