import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';

/** Opens the solution, which is counted. */
export const POST = learnerRoute<{ id: string; task: string }>({}, ({ runtime, viewer, params }) =>
  runtime.attempts.openSolution(viewer, params.id, params.task),
);
