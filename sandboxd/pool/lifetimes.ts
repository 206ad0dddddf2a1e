import type { Logger } from 'pino';
import type { EndReason } from '#domain/protocol/sandbox.ts';
import { poolLimits } from './pool-limits.ts';
import type { SandboxEnding } from './sandbox-ending.ts';
import type { SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';

/** Why a sandbox's time is up at a moment, with the measured value; null when it is not. */
export function dueEnd(record: SandboxRecord, now: number): { reason: EndReason; detail: string } | null {
  const { state, attemptId, expiresAt, activeAt, claimedAt, idleMs } = record.sandbox;
  if (state !== 'ready' || attemptId === null) return null;
  if (expiresAt !== null && now >= expiresAt)
    return { reason: 'ttl', detail: `its lifetime of ${duration(expiresAt - (claimedAt ?? expiresAt))} was used up` };
  const idle = now - (activeAt ?? claimedAt ?? now);
  if (idle >= idleMs) return { reason: 'idle', detail: `nobody used it for ${duration(idle)}` };
  return null;
}

/** "45 s", "12 min", "2 h 5 min". */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Ends what is due and forgets what ended long ago, about once a second. */
export function createLifetimes(options: {
  registry: SandboxRegistry;
  ending: SandboxEnding;
  now?: () => number;
  log: Logger;
}): { start(): void; stop(): void; sweep(): Promise<void> } {
  const { registry, ending, log, now = Date.now } = options;
  let timer: NodeJS.Timeout | null = null;
  /** By sandbox. One that takes long must hold up nobody else's end. */
  const underWay = new Map<string, Promise<void>>();

  async function sweep(): Promise<void> {
    for (const record of registry.all()) {
      const { id, attemptId, state, ended } = record.sandbox;
      if (state === 'ended' && ended && now() - ended.at > poolLimits.keepEndedMs) registry.forget(id);
      // A removal that failed is tried again; its reason stands.
      const due = state === 'stopping' ? (ended ?? null) : dueEnd(record, now());
      if (!due || underWay.has(id)) continue;
      const removal = ending
        .end(id, due.reason, due.detail)
        .then(
          () => {},
          err => log.error({ sandbox: id, attempt: attemptId, err }, 'sandbox could not be removed; it is tried again'),
        )
        .finally(() => underWay.delete(id));
      underWay.set(id, removal);
    }
    await Promise.all(underWay.values());
  }

  function schedule(): void {
    timer = setTimeout(() => {
      void sweep();
      schedule();
    }, poolLimits.sweepMs);
  }
  return {
    sweep,
    start: () => {
      if (!timer) schedule();
    },
    stop: () => {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
