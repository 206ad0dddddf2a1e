import { z } from 'zod';
import { nameField } from '../spec-fields.ts';

/** A question of the same lab was answered. */
export const answerSpecSchema = z.strictObject({
  question: nameField,
  /** false: any answer will do (a prediction). Left out: it must be right. */
  correct: z.boolean().optional(),
});
export type AnswerSpec = z.infer<typeof answerSpecSchema>;
