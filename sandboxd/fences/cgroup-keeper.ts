import type { Logger } from 'pino';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { Census } from '../host/cgroup-census.ts';
import { fenceLimits } from './fence-limits.ts';

/** Holds the number of cgroups where the kernel cannot (version 1): takes away surplus ones, and at last their maker. */
export interface CgroupKeeper {
  keep(sandbox: Pick<Sandbox, 'id' | 'attemptId'>, census: Census, limit: number): void;
  /** There were too many at the last look: all hierarchies want to be looked at. */
  isPruning(sandboxId: string): boolean;
  forgetBut(living: ReadonlySet<string>): void;
}

export function createCgroupKeeper(options: {
  /** Removes empty cgroups below folders. Never throws. */
  prune: (folders: readonly string[], timeoutMs: number) => Promise<void>;
  endMaker: (sandboxId: string, detail: string) => void;
  now?: () => number;
  log: Pick<Logger, 'warn'>;
}): CgroupKeeper {
  const { now = Date.now, log } = options;
  const over = new Map<string, { since: number; busy: boolean }>();

  return {
    keep({ id, attemptId }, census, limit) {
      if (census.over.length === 0) {
        over.delete(id);
        return;
      }
      const state = over.get(id) ?? { since: now(), busy: false };
      over.set(id, state);
      const far = census.cgroups > limit * fenceLimits.endAboveTimes;
      if (far || now() - state.since >= fenceLimits.endAfterMs) {
        options.endMaker(id, `it had ${census.cgroups} of ${limit}`);
        return;
      }
      if (state.busy) return;
      log.warn({ sandbox: id, attempt: attemptId, cgroups: census.cgroups, depth: census.depth }, 'surplus cgroups go');
      state.busy = true;
      void options.prune(census.over, fenceLimits.pruneMs).then(() => {
        state.busy = false;
      });
    },
    isPruning: id => over.has(id),
    forgetBut(living) {
      for (const id of over.keys()) if (!living.has(id)) over.delete(id);
    },
  };
}
