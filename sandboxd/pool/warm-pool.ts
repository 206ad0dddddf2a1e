import type { Logger } from 'pino';
import type { HostStatus } from '#domain/protocol/rpc.ts';
import { poolLimits } from './pool-limits.ts';
import type { SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';
import type { SandboxStarter } from './sandbox-starter.ts';

/** Sandboxes that wait for a learner, so that a claim takes milliseconds. */
export interface WarmPool {
  /** The one that waits longest; null when none is ready. Whoever takes it owns it. */
  take(): SandboxRecord | null;
  /** Starts what is missing, in the background, no more at once than allowed. Call it whenever something changed. */
  fill(): void;
  /** Those that wait: ready, nobody's. */
  waiting(): SandboxRecord[];
  /** How many are being started. */
  starting(): number;
  /** How long a start takes at the moment, milliseconds. */
  startMs(): number;
  /** How many wait beyond those wanted. */
  surplus(): SandboxRecord[];
  status(): Pick<HostStatus['pool'], 'warm' | 'warming' | 'target'>;
  stop(): void;
}

export interface Wanted {
  /** Learners who wait for one right now. */
  people: number;
  /** Beyond those: how many should wait for learners. */
  target: number;
  /** Starts allowed at once. */
  atOnce: number;
}

export function createWarmPool(options: {
  wanted: () => Wanted;
  registry: SandboxRegistry;
  starter: SandboxStarter;
  /** Whether another sandbox may be started. */
  hasRoom: () => boolean;
  /** Called for each that became ready in the pool. */
  onReady: (record: SandboxRecord) => void;
  /** A start failed. True: try again at once, somebody waits. */
  onFailed: (error: unknown) => boolean;
  now?: () => number;
  log: Logger;
}): WarmPool {
  const { registry, starter, log, now = Date.now } = options;
  let starting = 0;
  let startMs: number = poolLimits.usualStartMs;
  let timer: NodeJS.Timeout | null = null;
  let running = true;

  const waiting = () =>
    registry
      .all()
      .filter(({ sandbox }) => sandbox.state === 'ready' && sandbox.attemptId === null && !sandbox.egress)
      .sort((a, b) => a.sandbox.createdAt - b.sandbox.createdAt);

  function fill(): void {
    for (;;) {
      const { people, target, atOnce } = options.wanted();
      if (!running || starting >= atOnce) return;
      // After a failure nothing is started ahead for a while; who waits is not kept waiting for that.
      const enough = people + (timer ? 0 : target);
      if (waiting().length + starting >= enough || !options.hasRoom()) return;
      start();
    }
  }

  function start(): void {
    const began = now();
    starting++;
    starter.start({ egress: false }).then(
      record => {
        starting--;
        startMs = startMs * 0.7 + (now() - began) * 0.3;
        options.onReady(record);
        fill();
      },
      error => {
        starting--;
        if (options.onFailed(error)) return fill();
        log.warn({ code: error.code }, 'the pool pauses after a start that failed');
        timer ??= setTimeout(() => {
          timer = null;
          fill();
        }, poolLimits.failurePauseMs);
      },
    );
  }

  return {
    fill,
    waiting,
    starting: () => starting,
    startMs: () => Math.round(startMs),
    take: () => waiting()[0] ?? null,
    surplus() {
      const { people, target } = options.wanted();
      return people > 0 ? [] : waiting().slice(target);
    },
    status: () => ({
      warm: waiting().length,
      warming: registry.all().filter(({ sandbox }) => sandbox.state === 'warming').length,
      target: options.wanted().target,
    }),
    stop() {
      running = false;
      if (timer) clearTimeout(timer);
    },
  };
}
