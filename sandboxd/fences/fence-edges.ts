import type { FenceAction } from '#domain/protocol/fence.ts';
import type { FenceName } from '#domain/protocol/fence-name.ts';
import { fenceLimits, quietMs } from './fence-limits.ts';

/** Turns what is measured again and again into news: a fence is told when it begins to act, and then not for a while. */
export interface FenceEdges {
  /** `acting`: the fence acts, or acted since the last look. Tells at most one thing. */
  look(fence: FenceName, acting: boolean, measured: number, limit: number): void;
}

export function createFenceEdges(options: {
  sandboxId: string;
  tell: (action: FenceAction) => void;
  now?: () => number;
}): FenceEdges {
  const { sandboxId, tell, now = Date.now } = options;
  /** When each fence was last seen acting, and when it was last told. */
  const actedAt = new Map<FenceName, number>();
  const toldAt = new Map<FenceName, number>();

  return {
    look(fence, acting, measured, limit) {
      if (!acting) return;
      const at = now();
      const before = actedAt.get(fence) ?? Number.NEGATIVE_INFINITY;
      actedAt.set(fence, at);
      if (at - before < fenceLimits.calmMs) return;
      if (at - (toldAt.get(fence) ?? Number.NEGATIVE_INFINITY) < quietMs[fence]) return;
      toldAt.set(fence, at);
      tell({ sandboxId, fence, measured, limit, at });
    },
  };
}
