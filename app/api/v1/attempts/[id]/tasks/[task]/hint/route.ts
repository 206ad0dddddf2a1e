import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';

/** Opens the next hint; answers with all that are open. */
export const POST = learnerRoute<{ id: string; task: string }>({}, ({ runtime, viewer, params }) =>
  runtime.attempts.openHint(viewer, params.id, params.task),
);
