import { z } from 'zod';
import { checkSpecSchema } from '../check/spec.ts';
import type { Task } from './lab.ts';
import { labLimits, slugSchema, textSchema } from './lab-yaml.ts';
import { questionFrontMatterSchema } from './question-front-matter.ts';
import { strictObject } from './strict-object.ts';

/** A check as authored: its spec, and `holds: true` beside the kind where it is true at the baseline already. */
export const taskCheckSchema = z.looseObject({ holds: z.boolean().optional() }).transform((raw, context) => {
  const { holds = false, ...rest } = raw;
  const spec = checkSpecSchema.safeParse(rest);
  if (spec.success) return { holds, spec: spec.data };
  // pushed as they are, so that they keep their codes and paths
  for (const issue of spec.error.issues) (context.issues as unknown[]).push({ ...issue, input: rest });
  return z.NEVER;
});

const mutantSchema = strictObject({ run: textSchema(2_000), rejects: slugSchema });

/** One entry under `tasks:`. */
export const taskFrontMatterSchema = strictObject({
  goal: textSchema(600),
  checks: z.record(slugSchema, taskCheckSchema).refine(checks => Object.keys(checks).length > 0, 'expected a check'),
  hints: z.array(textSchema(1_000)).min(1).max(8),
  solution: textSchema(4_000),
  mutants: z.array(mutantSchema).max(20).default([]),
});
export type TaskFrontMatter = z.infer<typeof taskFrontMatterSchema>;

/** Front matter of `steps/NN-name.md`. */
export const stepFrontMatterSchema = strictObject({
  title: textSchema(labLimits.title),
  tasks: z.record(slugSchema, taskFrontMatterSchema).default({}),
  questions: z.record(slugSchema, questionFrontMatterSchema).default({}),
});

/** The task as the rest of the platform knows it. */
export function toTask(id: string, raw: TaskFrontMatter): Task {
  return { ...raw, id, checks: Object.entries(raw.checks).map(([check, value]) => ({ id: check, ...value })) };
}
