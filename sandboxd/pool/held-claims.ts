import { setTimeout as pause } from 'node:timers/promises';
import type { CodedError } from '#domain/protocol/errors.ts';
import type { SandboxRecord } from './sandbox-record.ts';

/** Claims held open for a moment, by attempt, while a sandbox is being started: so most of them need no second word. */
export interface HeldClaims {
  /** The attempt's sandbox, or why none came; null when patience ended first. Never rejects. */
  hold(attemptId: string): Promise<SandboxRecord | CodedError | null>;
  /** Answers all that are held for the attempt. */
  settle(attemptId: string, end: SandboxRecord | CodedError): void;
}

/** @param patienceMs longest that a claim is held */
export function createHeldClaims(patienceMs: number): HeldClaims {
  const held = new Map<string, Set<(end: SandboxRecord | CodedError) => void>>();

  return {
    async hold(attemptId) {
      const waiting = held.get(attemptId) ?? new Set();
      held.set(attemptId, waiting);
      const { promise, resolve } = Promise.withResolvers<SandboxRecord | CodedError>();
      waiting.add(resolve);
      const patience = pause(patienceMs, null, { ref: false });
      try {
        return await Promise.race([promise, patience]);
      } finally {
        waiting.delete(resolve);
        if (waiting.size === 0 && held.get(attemptId) === waiting) held.delete(attemptId);
      }
    },
    settle(attemptId, end) {
      for (const resolve of held.get(attemptId) ?? []) resolve(end);
      held.delete(attemptId);
    },
  };
}
