import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';

/** "Check now". */
export const POST = learnerRoute<{ id: string; task: string }>({ limit: 'check' }, ({ runtime, viewer, params }) =>
  runtime.attempts.checkTask(viewer, params.id, params.task),
);
