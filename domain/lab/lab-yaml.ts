import { z } from 'zod';
import { strictObject } from './strict-object.ts';

/** Bounds of authored texts: what fits on the page, and on a course card, without being cut. */
export const labLimits = {
  title: 80,
  summary: 240,
  objective: 200,
  objectives: 10,
  minutes: 240,
  /** A lab with fewer wrong ways than this was not thought about from the learner's side. */
  minMutants: 3,
  /** Markdown body of one step, bytes. */
  stepBytes: 65_536,
} as const;

/** Names in URLs and in `::task[...]`: lower case, digits, single hyphens. */
export const slugSchema = z
  .string()
  .max(64)
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'expected a slug: lower-case letters, digits, single hyphens, e.g. `process-tree`',
  );

/** Text that is not blank, without the line ends that YAML block scalars leave. */
export function textSchema(max: number) {
  return z.string().trim().min(1, 'expected text, found nothing').max(max);
}

/** `labs/<course>/course.yaml`. */
export const courseYamlSchema = strictObject({
  title: textSchema(labLimits.title),
  summary: textSchema(labLimits.summary),
  labs: z.array(slugSchema).min(1),
});

export const levelSchema = z.enum(['foundation', 'intermediate', 'advanced', 'expert']);

/** `labs/<course>/<lab>/lab.yaml`. */
export const labYamlSchema = strictObject({
  title: textSchema(labLimits.title),
  summary: textSchema(labLimits.summary),
  level: levelSchema,
  minutes: z.number().int().min(1).max(labLimits.minutes),
  image: z.literal('engine'),
  objectives: z.array(textSchema(labLimits.objective)).min(1).max(labLimits.objectives),
  egress: z.boolean().default(false),
});
