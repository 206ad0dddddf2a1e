import { z } from 'zod';
import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';

const sizeSchema = z.strictObject({ cols: z.number().int().min(2).max(500), rows: z.number().int().min(1).max(300) });

export const GET = learnerRoute<{ id: string }>({}, ({ runtime, viewer, params }) =>
  runtime.attempts.listTerminals(viewer, params.id),
);

export const POST = learnerRoute<{ id: string }, z.infer<typeof sizeSchema>>(
  { body: sizeSchema, limit: 'terminal' },
  ({ runtime, viewer, params, body }) => runtime.attempts.openTerminal(viewer, params.id, body),
);
