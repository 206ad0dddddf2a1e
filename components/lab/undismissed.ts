import type { FenceAction } from '#domain/protocol/fence.ts';

/** What acted after its learner last dismissed it; `dismissed`: by fence, when what was dismissed had acted. */
export function undismissed(
  fences: readonly FenceAction[],
  dismissed: Readonly<Record<string, number>>,
): FenceAction[] {
  return fences.filter(action => action.at > (dismissed[action.fence] ?? 0));
}
