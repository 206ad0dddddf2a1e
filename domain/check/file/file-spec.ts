import { z } from 'zod';
import { CHECK_LIMITS } from '../check-limits.ts';
import { exclusive, flagField, nameField, sizeField, textField, textsField } from '../spec-fields.ts';

const jsonField = z.strictObject({
  /** Dots between keys, numbers for list members: `runtimes.crun.path`, `hosts.0`. */
  path: nameField,
  /** Left out: the value must be there, whatever it is. */
  equals: z.json().optional(),
});

export const pathField = z
  .string()
  .max(CHECK_LIMITS.pathChars)
  .regex(/^\/[^\0]*$/, 'write an absolute path')
  .refine(path => !path.split('/').includes('..'), 'write the path without ..');

/** A file of the sandbox, or of a container's merged root. */
export const fileSpecSchema = z
  .strictObject({
    path: pathField,
    /** Container name, or id of a check that names its container. */
    of: nameField.optional(),
    kind: z.enum(['file', 'directory', 'socket', 'symlink', 'other']).optional(),
    contains: textsField.optional(),
    lacks: textsField.optional(),
    /** The whole content, but for white space at its ends. */
    equals: textField.optional(),
    /** Glob that one whole line must match: `PRETTY_NAME=*Debian*`. */
    matches: textField.optional(),
    json: z.union([jsonField, z.array(jsonField).min(1).max(CHECK_LIMITS.listItems)]).optional(),
    /** `0644` */
    mode: z
      .string()
      .regex(/^[0-7]{3,4}$/, 'write the mode in quotes as octal digits, "0644"')
      .optional(),
    /** `"0"`, or `"0:999"` with the group: numbers, since names differ by container. */
    owner: z
      .string()
      .regex(/^\d{1,10}(:\d{1,10})?$/, 'write user id, or user:group, as numbers in quotes: "0:0"')
      .optional(),
    /** No larger than this. */
    maxSize: sizeField.optional(),
    absent: flagField.optional(),
  })
  .superRefine((spec, context) => {
    for (const field of [
      'kind',
      'contains',
      'lacks',
      'equals',
      'matches',
      'json',
      'mode',
      'owner',
      'maxSize',
    ] as const) {
      exclusive<typeof spec>('absent', field)(spec, context);
    }
  });
export type FileSpec = z.infer<typeof fileSpecSchema>;
