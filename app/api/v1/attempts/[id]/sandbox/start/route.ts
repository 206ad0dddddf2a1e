import { z } from 'zod';
import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';

/** Attempts whose sandboxes the learner agreed to lose for this one. */
const body = z.object({ giveUp: z.array(z.string().max(64)).max(8).default([]) });

export const POST = learnerRoute<{ id: string }, z.output<typeof body>>(
  { limit: 'sandbox', body },
  ({ runtime, viewer, params, body: { giveUp } }) => runtime.attempts.startSandbox(viewer, params.id, giveUp),
);
