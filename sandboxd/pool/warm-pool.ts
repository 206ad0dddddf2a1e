import type { Logger } from 'pino';
import { poolLimits } from './pool-limits.ts';
import type { SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';
import type { SandboxStarter } from './sandbox-starter.ts';

/** Sandboxes that wait for a learner, so that a claim takes milliseconds. */
export interface WarmPool {
  /** A ready one, or one about to be; null when there is none. Whoever takes it owns it. */
  take(): Promise<SandboxRecord> | null;
  /** Fills up in the background, one at a time. Call it whenever something changed. */
  fill(): void;
  /** Those that wait: ready, nobody's. */
  waiting(): SandboxRecord[];
  status(): { warm: number; warming: number; target: number };
  stop(): void;
}

export function createWarmPool(options: {
  target: number;
  registry: SandboxRegistry;
  starter: SandboxStarter;
  /** Whether another sandbox may be started. */
  hasRoom: () => boolean;
  /** Whether somebody waits for a start of his own: the pool stands back meanwhile. */
  isBusy: () => boolean;
  /** Called for each that became ready in the pool. */
  onReady: (record: SandboxRecord) => void;
  log: Logger;
}): WarmPool {
  const { registry, starter, log } = options;
  let starting: { promise: Promise<SandboxRecord>; taken: boolean } | null = null;
  let timer: NodeJS.Timeout | null = null;
  let running = true;
  /** Handed out by `take` but not yet marked with an attempt. */
  const taken = new Set<string>();

  const waiting = () =>
    registry
      .all()
      .filter(({ sandbox }) => sandbox.state === 'ready' && sandbox.attemptId === null && !sandbox.egress)
      .filter(({ sandbox }) => !taken.has(sandbox.id));

  function fill(): void {
    if (!running || starting || timer || options.isBusy()) return;
    if (waiting().length >= options.target || !options.hasRoom()) return;
    const own = { promise: starter.start({ egress: false }), taken: false };
    starting = own;
    own.promise.then(
      record => {
        starting = null;
        if (!own.taken) options.onReady(record);
        fill();
      },
      error => {
        starting = null;
        log.warn({ code: error.code }, 'the pool pauses after a start that failed');
        timer = setTimeout(() => {
          timer = null;
          fill();
        }, poolLimits.failurePauseMs);
      },
    );
  }

  return {
    fill,
    waiting,
    take() {
      const ready = waiting().sort((a, b) => a.sandbox.createdAt - b.sandbox.createdAt)[0];
      if (ready) {
        taken.add(ready.sandbox.id);
        return Promise.resolve(ready);
      }
      if (!starting || starting.taken) return null;
      starting.taken = true;
      return starting.promise.then(record => {
        taken.add(record.sandbox.id);
        return record;
      });
    },
    status: () => ({
      warm: waiting().length,
      warming: registry.all().filter(({ sandbox }) => sandbox.state === 'warming').length,
      target: options.target,
    }),
    stop() {
      running = false;
      if (timer) clearTimeout(timer);
    },
  };
}
