import { z } from 'zod';

/** An object in which unknown keys are errors that list the known ones. */
export function strictObject<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys'
        ? `unknown key ${issue.keys.map(key => `\`${key}\``).join(', ')}; known keys: ${Object.keys(shape).join(', ')}`
        : undefined,
  });
}
