import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { SandboxEngine, SandboxEvent } from '../engine/sandbox-engine.ts';
import { poolLimits } from './pool-limits.ts';

/** Follows the sandbox host's engine over its restarts: events while it is up, a fresh look each time it comes back. */
export interface EngineWatch {
  start(): void;
  stop(): void;
  readonly up: boolean;
}

export function createEngineWatch(options: {
  engine: SandboxEngine;
  onEvent: (event: SandboxEvent) => void;
  /** Called after each (re)connection, before events count; a failure means another round. */
  onUp: () => Promise<void>;
  log: Logger;
}): EngineWatch {
  const { engine, log } = options;
  const stopped = new AbortController();
  let up = false;

  function setUp(value: boolean): void {
    if (up === value) return;
    up = value;
    if (value) log.info('the engine answers');
    else log.warn('the engine does not answer');
  }

  async function follow(): Promise<void> {
    const round = new AbortController();
    const end = () => round.abort();
    stopped.signal.addEventListener('abort', end);
    try {
      await engine.events(round.signal, options.onEvent, () => {
        // Events flow from here on, so the look that follows misses nothing.
        options.onUp().then(
          () => {
            // One that went meanwhile may be another by now, which nobody has looked at.
            if (!round.signal.aborted) setUp(true);
          },
          error => {
            log.error({ err: error }, 'reconciling failed; it is tried again');
            round.abort();
          },
        );
      });
    } catch (error) {
      if (!stopped.signal.aborted) log.debug({ err: error }, 'the stream of engine events ended');
    } finally {
      stopped.signal.removeEventListener('abort', end);
      round.abort();
    }
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      await follow();
      if (stopped.signal.aborted) return;
      setUp(false);
      await pause(poolLimits.engineRetryMs);
    }
  }

  return {
    start: () => {
      run().catch(error => log.fatal({ err: error }, 'engine watch broke'));
    },
    stop: () => stopped.abort(),
    get up() {
      return up;
    },
  };
}
