import type { Logger } from 'pino';
import type { EndReason } from '#domain/protocol/sandbox.ts';
import type { SandboxEngine } from '../engine/sandbox-engine.ts';
import { isLiving, type SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';

/** How often a sandbox that is being removed is thawed. */
const THAW_MS = 250;

export interface SandboxEnding {
  /**
   * Ends a sandbox and removes all of it; resolves with its last record. Done already is done. The reason and detail of
   * the first call stand. Throws when the engine could not remove it: the reaper goes on with that.
   */
  end(sandboxId: string, reason: EndReason, detail: string): Promise<SandboxRecord>;
}

export function createSandboxEnding(options: {
  engine: SandboxEngine;
  registry: SandboxRegistry;
  /** Ends its shells. Never throws. */
  endTerminals: (sandboxId: string) => Promise<void>;
  /** Thaws all of it: on cgroup v1 a frozen process cannot be killed. Never throws. */
  thaw: (sandboxId: string) => void;
  /** Called once it is gone. */
  onGone: (sandboxId: string) => void;
  now?: () => number;
  log: Logger;
}): SandboxEnding {
  const { engine, registry, log, now = Date.now } = options;
  const underWay = new Map<string, Promise<SandboxRecord>>();

  async function remove(sandboxId: string): Promise<SandboxRecord> {
    const began = now();
    await options.endTerminals(sandboxId);
    options.thaw(sandboxId);
    // Again and again, since what still runs in there may freeze the rest once more.
    const thawing = setInterval(() => options.thaw(sandboxId), THAW_MS);
    await engine.remove(sandboxId).finally(() => clearInterval(thawing));
    options.onGone(sandboxId);
    const record = registry.update(sandboxId, { state: 'ended' });
    const { attemptId, ended } = record.sandbox;
    log.info({ sandbox: sandboxId, attempt: attemptId, reason: ended?.reason, ms: now() - began }, 'sandbox ended');
    return record;
  }

  return {
    async end(sandboxId, reason, detail) {
      const record = registry.get(sandboxId);
      if (record.sandbox.state === 'ended') return record;
      if (isLiving(record)) registry.update(sandboxId, { state: 'stopping', ended: { reason, at: now(), detail } });
      const running = underWay.get(sandboxId);
      if (running) return running;
      const removal = remove(sandboxId).finally(() => underWay.delete(sandboxId));
      underWay.set(sandboxId, removal);
      return removal;
    },
  };
}
