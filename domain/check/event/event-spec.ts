import { z } from 'zod';
import { CHECK_LIMITS } from '../check-limits.ts';
import { exclusive, flagField, nameField, rangeField, sinceField } from '../spec-fields.ts';

/** Which events are meant. */
export const eventSelectorShape = {
  type: z
    .enum([
      'container',
      'image',
      'network',
      'volume',
      'daemon',
      'plugin',
      'builder',
      'node',
      'service',
      'secret',
      'config',
    ])
    .optional(),
  /** `create`, `start`, `die`, `exec_create` …; what follows a colon in Docker's action is not compared. */
  action: nameField.optional(),
  /** Name of the object: a container's name, an image's reference. */
  name: nameField.optional(),
  /** Check id or container name: events of that very container, by id. */
  of: nameField.optional(),
  /** Attributes that must have these values, e.g. `exitCode: "137"`. */
  attributes: z.record(nameField, z.string().max(CHECK_LIMITS.textChars)).optional(),
};

const eventMatcher = z
  .strictObject(eventSelectorShape)
  .superRefine(exclusive('name', 'of'))
  .refine(matcher => Object.keys(matcher).length > 0, 'say which event: give type, action, name, of or attributes');
export type EventMatcher = z.infer<typeof eventMatcher>;

/** Docker events since the step was opened, from a journal that survives a dead dockerd. */
export const eventSpecSchema = z
  .strictObject({
    ...eventSelectorShape,
    /** These events in this order; others may lie between them. */
    inOrder: z.array(eventMatcher).min(2).max(CHECK_LIMITS.listItems).optional(),
    since: sinceField.optional(),
    absent: flagField.optional(),
    count: rangeField.optional(),
  })
  .superRefine(exclusive('name', 'of'))
  .superRefine(exclusive('absent', 'count', 'inOrder'))
  .superRefine((spec, context) => {
    const single = [spec.type, spec.action, spec.name, spec.of, spec.attributes].filter(field => field !== undefined);
    if (spec.inOrder ? single.length > 0 : single.length === 0) {
      const message = spec.inOrder
        ? 'with inOrder, type, action, name, of and attributes belong into its members'
        : 'say which event: give type, action, name, of or attributes, or inOrder';
      context.addIssue({ code: 'custom', message });
    }
  });
export type EventSpec = z.infer<typeof eventSpecSchema>;
