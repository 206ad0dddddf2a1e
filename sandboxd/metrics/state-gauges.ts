import { Gauge } from 'prom-client';
import type { HostMemory } from '../pool/capacity.ts';
import { isSuspended, type SandboxRecord } from '../pool/sandbox-record.ts';
import { isThrowAway } from '../preflight/throw-away.ts';
import { registry } from './registry.ts';

/** Where levels are known; each is read at the moment somebody scrapes. */
export interface StateSources {
  sandboxes: () => SandboxRecord[];
  pool: () => { warm: number; warming: number; target: number };
  memory: () => HostMemory;
  maxSandboxes: () => number;
  /** Learners who wait. */
  queued: () => number;
  engineUp: () => boolean;
  /** Whether the network fence holds. */
  fenced: () => boolean;
}

/**
 * What a sandbox is counted as: a waiting one of the pool is `warm`, a learner's `claimed`, or `suspended` while frozen. The
 * preflight's own is nobody's, whatever it does: counted apart, since it takes room like any other.
 */
export const countedStates = ['warming', 'warm', 'claimed', 'suspended', 'stopping', 'preflight'] as const;

/** Puts the levels of a running sandboxd into the registry. Once per process. */
export function showState(sources: StateSources): void {
  level('belowdeck_engine_up', 'Whether the engine of the sandbox host answers, and was fenced when it came.', () =>
    Number(sources.engineUp()),
  );
  level('belowdeck_network_fenced', 'Whether the network fence holds; while not, no sandbox is handed out.', () =>
    Number(sources.fenced()),
  );
  level('belowdeck_memory_free_bytes', 'Memory that the sandbox host may still use.', () => sources.memory().freeBytes);
  level('belowdeck_memory_total_bytes', 'Memory of the sandbox host.', () => sources.memory().totalBytes);
  level('belowdeck_sandboxes_max', 'Greatest number of sandboxes at once.', sources.maxSandboxes);
  level('belowdeck_queue_length', 'Learners who wait for a sandbox because there is no room.', sources.queued);
  new Gauge({
    name: 'belowdeck_sandboxes',
    help: 'Sandboxes, by state: warming, warm (waiting in the pool), claimed, suspended (frozen while unused), stopping, preflight (a throw-away).',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const counts = countStates(sources.sandboxes());
      for (const state of countedStates) this.set({ state }, counts[state]);
    },
  });
  new Gauge({
    name: 'belowdeck_pool_sandboxes',
    help: 'The pool: sandboxes that wait (warm), that start (warming), and how many there should be (target).',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(sources.pool()))
        if (typeof count === 'number') this.set({ state }, count);
    },
  });
}

/** How many sandboxes are in which state; the ended are not counted. */
export function countStates(records: readonly SandboxRecord[]): Record<(typeof countedStates)[number], number> {
  const counts = { warming: 0, warm: 0, claimed: 0, suspended: 0, stopping: 0, preflight: 0 };
  for (const record of records) {
    const { sandbox } = record;
    if (sandbox.state === 'ended') continue;
    if (isThrowAway(record)) counts.preflight++;
    else if (isSuspended(record)) counts.suspended++;
    else if (sandbox.state === 'ready') counts[sandbox.attemptId === null ? 'warm' : 'claimed']++;
    else counts[sandbox.state]++;
  }
  return counts;
}

function level(name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
