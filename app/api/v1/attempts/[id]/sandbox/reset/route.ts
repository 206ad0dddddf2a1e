import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';

export const POST = learnerRoute<{ id: string }>({ limit: 'sandbox' }, ({ runtime, viewer, params }) =>
  runtime.attempts.resetSandbox(viewer, params.id),
);
