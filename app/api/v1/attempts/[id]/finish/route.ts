import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';

export const POST = learnerRoute<{ id: string }>({}, ({ runtime, viewer, params }) =>
  runtime.attempts.finish(viewer, params.id),
);
