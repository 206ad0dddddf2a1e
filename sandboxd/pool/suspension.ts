import type { Logger } from 'pino';
import type { Cgroups } from '../host/cgroups.ts';
import { poolLimits } from './pool-limits.ts';
import type { SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';

/**
 * Freezes sandboxes that nobody uses and in which nothing works, gives their memory back as far as the kernel can, and
 * wakes them at the first key or look. Which cgroups, and whose frozen ones stay frozen: docs/decisions/152.
 */
export interface Suspension {
  /** Somebody typed, or looks at it: it stays awake, and wakes now if it sleeps. Cheap; call it per keystroke. */
  seen(sandboxId: string): void;
  /** Lets it go on; awake already is fine. Takes one write to a cgroup file. */
  wake(sandboxId: string): void;
  wakeAll(): void;
  /** Freezes it now; frozen already is fine. Throws `sandbox-not-found`, `sandbox-ended`. */
  suspend(sandboxId: string): SandboxRecord;
  /** It is awake while the work lasts. */
  during<T>(sandboxId: string, work: () => Promise<T>): Promise<T>;
  /** Looks for sandboxes to suspend. */
  sweep(): void;
}

interface Seen {
  /** Last key or look. */
  usedAt: number;
  /** Since when it does nothing. */
  quietSince: number;
  sampledAt: number;
  cpuMs: number;
  /** Work under way that needs it awake. */
  holds: number;
}

export function createSuspension(options: {
  registry: SandboxRegistry;
  cgroups: Pick<Cgroups, 'pathOf' | 'freeze' | 'thaw' | 'reclaim' | 'endReclaim' | 'cpuMs'>;
  /** Milliseconds without a key or a look and without work; 0: never by itself. */
  afterMs: () => number;
  now?: () => number;
  log: Logger;
}): Suspension {
  const { registry, cgroups, log, now = Date.now } = options;
  const seen = new Map<string, Seen>();

  function seenOf(id: string): Seen {
    let one = seen.get(id);
    if (!one) {
      one = { usedAt: now(), quietSince: now(), sampledAt: 0, cpuMs: 0, holds: 0 };
      seen.set(id, one);
    }
    return one;
  }

  function wake(id: string): void {
    const record = registry.find(id);
    if (!record?.containerId || record.sandbox.suspendedAt === null) return;
    const path = cgroups.pathOf(record.containerId);
    cgroups.thaw(path);
    cgroups.endReclaim(path);
    const sleptMs = now() - record.sandbox.suspendedAt;
    Object.assign(seenOf(id), { usedAt: now(), quietSince: now(), sampledAt: 0 });
    registry.update(id, { suspendedAt: null });
    log.info({ sandbox: id, attempt: record.sandbox.attemptId, sleptMs }, 'sandbox wakes');
  }

  function suspend(id: string): SandboxRecord {
    const record = registry.getLiving(id);
    if (!record.containerId || record.sandbox.suspendedAt !== null) return record;
    const path = cgroups.pathOf(record.containerId);
    // Written down first: a sandboxd that dies in between wakes it.
    const asleep = registry.update(id, { suspendedAt: now() });
    cgroups.freeze(path);
    const reclaimed = cgroups.reclaim(path).finally(() => {
      // It woke meanwhile: what was changed for its sleep is put back for good.
      if (registry.find(id)?.sandbox.suspendedAt === null) cgroups.endReclaim(path);
    });
    reclaimed.then(
      freedBytes => log.info({ sandbox: id, attempt: record.sandbox.attemptId, freedBytes }, 'sandbox suspended'),
      err =>
        log.warn(
          { sandbox: id, attempt: record.sandbox.attemptId, err },
          'no memory could be taken back from a suspended sandbox',
        ),
    );
    return asleep;
  }

  /** Whether it has worked since it was last asked about, judged by its processor time. */
  function works(record: SandboxRecord, one: Seen): boolean {
    const cpuMs = cgroups.cpuMs(cgroups.pathOf(record.containerId ?? ''));
    // Not measurable is not idle.
    if (cpuMs === null) return true;
    const { sampledAt, cpuMs: before } = one;
    Object.assign(one, { sampledAt: now(), cpuMs });
    return sampledAt === 0 || (cpuMs - before) / (now() - sampledAt) > poolLimits.idleCpuShare;
  }

  return {
    wake,
    suspend,
    seen(id) {
      seenOf(id).usedAt = now();
      wake(id);
    },
    wakeAll() {
      for (const { sandbox } of registry.all()) wake(sandbox.id);
    },
    async during(id, work) {
      const one = seenOf(id);
      one.holds++;
      wake(id);
      try {
        return await work();
      } finally {
        one.holds--;
      }
    },
    sweep() {
      const living = new Set<string>();
      for (const record of registry.all()) {
        const { id, state, attemptId, suspendedAt } = record.sandbox;
        if (state === 'ended') continue;
        living.add(id);
        if (state !== 'ready' || attemptId === null || suspendedAt !== null) continue;
        const one = seenOf(id);
        if (now() - one.sampledAt >= poolLimits.cpuSampleMs && works(record, one)) one.quietSince = now();
        const after = options.afterMs();
        if (after === 0 || one.holds > 0 || now() - Math.max(one.usedAt, one.quietSince) < after) continue;
        try {
          suspend(id);
        } catch (err) {
          log.warn({ sandbox: id, attempt: attemptId, err }, 'sandbox could not be suspended');
          wake(id);
          one.usedAt = now();
        }
      }
      for (const id of seen.keys()) if (!living.has(id)) seen.delete(id);
    },
  };
}
