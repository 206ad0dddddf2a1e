import { z } from 'zod';
import { exclusive, flagField, nameField, sinceField } from '../spec-fields.ts';

/** An image in the sandbox's image store. */
export const imageSpecSchema = z
  .strictObject({
    /** `nginx`, `nginx:1.27`, `localhost:5000/app@sha256:…`, or an image id. */
    reference: nameField,
    absent: flagField.optional(),
    /** The reference was not there, or named another image, when the step was opened. */
    since: sinceField.optional(),
    /** The same image id as when the step was opened. */
    unchanged: flagField.optional(),
  })
  .superRefine(exclusive('absent', 'since', 'unchanged'));
export type ImageSpec = z.infer<typeof imageSpecSchema>;
