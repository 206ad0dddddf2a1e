import { z } from 'zod';
import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';
import { answerValueSchema } from '#domain/attempt/attempt.ts';

export const POST = learnerRoute<{ id: string; question: string }, { value: z.infer<typeof answerValueSchema> }>(
  { body: z.strictObject({ value: answerValueSchema }), limit: 'answer' },
  ({ runtime, viewer, params, body }) => runtime.attempts.answer(viewer, params.id, params.question, body.value),
);
