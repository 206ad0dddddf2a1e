import { z } from 'zod';
import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';

const slug = z.string().regex(/^[a-z0-9-]{1,64}$/);

/** The viewer's active attempt of a lab, or a new one. */
export const POST = learnerRoute(
  { body: z.strictObject({ course: slug, lab: slug }), limit: 'sandbox' },
  ({ runtime, viewer, body }) => runtime.attempts.start(viewer, body.course, body.lab),
);
