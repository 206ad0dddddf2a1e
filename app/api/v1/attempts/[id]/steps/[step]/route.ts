import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';

/** Opens a step; its checks compare with this moment. */
export const POST = learnerRoute<{ id: string; step: string }>({ limit: 'check' }, ({ runtime, viewer, params }) =>
  runtime.attempts.openStep(viewer, params.id, params.step),
);
