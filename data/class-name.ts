import { CodedError } from '#domain/protocol/errors.ts';

/** Longest name of a class, in characters. */
export const classNameMax = 120;

/** The name without control characters and outer spaces. Throws `bad-request` for an empty or too long one. */
export function validClassName(text: string): string {
  const name = text
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (name.length >= 1 && name.length <= classNameMax) return name;
  throw new CodedError('bad-request', `class name of ${name.length} characters`, {
    learnerMessage: `A class needs a name of 1 to ${classNameMax} characters. Nothing was saved. Type one.`,
  });
}
