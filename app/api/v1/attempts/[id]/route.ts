import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';

export const GET = learnerRoute<{ id: string }>({}, ({ runtime, viewer, params }) =>
  runtime.attempts.view(viewer, params.id),
);
