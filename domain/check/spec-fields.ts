import { z } from 'zod';
import { CHECK_LIMITS } from './check-limits.ts';
import { parseCpus, parseSize } from './values/size.ts';

/** Fields that several check kinds share. None transforms: a spec stays the plain JSON its author wrote. */

export const nameField = z.string().min(1).max(CHECK_LIMITS.nameChars);
export const textField = z.string().min(1).max(CHECK_LIMITS.textChars);
export const textsField = z.union([textField, z.array(textField).min(1).max(CHECK_LIMITS.listItems)]);

/** Written where only `true` means something: `absent: false` would read as a condition and be none. */
export const flagField = z.literal(true, { error: 'write true or leave the field out' });

/** Only what came into being after the step was opened. */
export const sinceField = z.literal('baseline');

const wholeNumber = z.number().int().min(0);

/** `3`, or `{ min: 1, max: 3 }` with either end left open. */
export const rangeField = z.union([
  wholeNumber,
  z
    .strictObject({ min: wholeNumber.optional(), max: wholeNumber.optional() })
    .refine(range => range.min !== undefined || range.max !== undefined, 'give min, max or both')
    .refine(range => range.min === undefined || range.max === undefined || range.min <= range.max, 'min is above max'),
]);
export type Range = z.infer<typeof rangeField>;

/** `512m`, `1g`, `65536` (bytes), or `none` for "no limit set". */
export const sizeField = z
  .union([z.number().int().positive(), z.string()])
  .refine(value => value === 'none' || parseSize(value) !== null, 'write a size such as 512m or 1g, or none');

/** `0.5`, `2`, or `none` for "no limit set". */
export const cpusField = z
  .union([z.number().positive(), z.string()])
  .refine(value => value === 'none' || parseCpus(value) !== null, 'write a number of CPUs such as 0.5, or none');

export const limitField = z.union([z.number().int().positive(), z.literal('none')]);

/** Refuses fields that contradict each other, naming both. */
export function exclusive<T extends object>(...fields: (keyof T & string)[]) {
  return (spec: T, context: z.RefinementCtx<T>): void => {
    const given = fields.filter(field => spec[field] !== undefined);
    if (given.length > 1) {
      context.addIssue({ code: 'custom', path: [given[1] ?? ''], message: `cannot stand beside ${given[0]}` });
    }
  };
}
