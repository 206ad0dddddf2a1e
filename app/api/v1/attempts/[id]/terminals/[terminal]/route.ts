import { learnerRoute } from '#app/api/v1/_lib/learner-route.ts';

export const DELETE = learnerRoute<{ id: string; terminal: string }>({}, ({ runtime, viewer, params }) =>
  runtime.attempts.closeTerminal(viewer, params.id, params.terminal),
);
