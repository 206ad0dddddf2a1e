import type { Logger } from 'pino';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { Census } from '../host/cgroup-census.ts';
import { fenceLimits } from './fence-limits.ts';

/**
 * Holds what the kernel does not, the number of cgroups on version 1 and how fast they are made: closes where it is too much,
 * takes the surplus away, and opens again. Who makes more all the same is ended.
 */
export interface CgroupKeeper {
  /** `machine`: cgroups of the whole machine at this look. `what` is too much, for the log and for why a sandbox ended. */
  keep(sandbox: Pick<Sandbox, 'id' | 'attemptId'>, census: Census, limit: number, machine: number, what?: string): void;
  /** There were too many a moment ago: all hierarchies want to be looked at. */
  isHolding(sandboxId: string): boolean;
  forgetBut(living: ReadonlySet<string>): void;
}

interface Hold {
  since: number;
  /** Cgroups of the machine at that moment. */
  machine: number;
  closed: Set<string>;
  removing: boolean;
}

export function createCgroupKeeper(options: {
  /** Lets nobody inside reach these folders by name, so that nobody makes a cgroup there. Never throws. */
  close: (folders: readonly string[]) => void;
  /** Gives them back. Never throws. */
  open: (folders: readonly string[]) => void;
  /** Removes empty cgroups below folders. Never throws. */
  prune: (folders: readonly string[], timeoutMs: number) => Promise<void>;
  endMaker: (sandboxId: string, detail: string) => void;
  now?: () => number;
  log: Pick<Logger, 'warn'>;
}): CgroupKeeper {
  const { now = Date.now, log } = options;
  const holds = new Map<string, Hold>();

  function release(id: string, hold: Hold): void {
    if (now() - hold.since < fenceLimits.closedMs) return;
    options.open([...hold.closed]);
    holds.delete(id);
  }

  function take(hold: Hold, over: readonly string[]): void {
    const more = over.filter(folder => !hold.closed.has(folder));
    options.close(more);
    for (const folder of more) hold.closed.add(folder);
    if (hold.removing) return;
    hold.removing = true;
    void options.prune(over, fenceLimits.pruneMs).then(() => {
      hold.removing = false;
    });
  }

  return {
    keep({ id, attemptId }, { over, cgroups, depth }, limit, machine, what = `it had ${cgroups} of ${limit}`) {
      const known = holds.get(id);
      if (over.length === 0) {
        if (known) release(id, known);
        return;
      }
      const hold = known ?? { since: now(), machine, closed: new Set(), removing: false };
      if (!known) {
        holds.set(id, hold);
        log.warn({ sandbox: id, attempt: attemptId, cgroups, depth, what }, 'surplus cgroups go');
      }
      // From within a folder of its own it can go on: what the census leaves out shows in the machine's sum.
      const grown = machine - hold.machine > limit * fenceLimits.endGrownTimes;
      if (grown || now() - hold.since >= fenceLimits.endAfterMs) return options.endMaker(id, what);
      take(hold, over);
    },
    isHolding: id => holds.has(id),
    forgetBut(living) {
      for (const id of holds.keys()) if (!living.has(id)) holds.delete(id);
    },
  };
}
