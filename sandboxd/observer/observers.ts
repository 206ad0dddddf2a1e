import type { Logger } from 'pino';
import type { FactNeeds, Facts } from '#domain/facts/facts.ts';
import type { WatchMessage } from '#domain/protocol/watch.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import type { Cgroups } from '../host/cgroups.ts';
import { factsSeconds } from '../metrics/metrics.ts';
import type { SandboxRegistry } from '../pool/sandbox-registry.ts';
import { innerDocker } from './inner-docker.ts';
import { createJournalFile } from './journal-file.ts';
import { createSandboxObserver, type SandboxObserver } from './sandbox-observer.ts';
import { type SandboxTarget, targetOf } from './sandbox-target.ts';

/** The observers of all living sandboxes. */
export interface Observers {
  /** Begins to watch; done already is done. */
  follow(sandboxId: string): void;
  /** Stops watching, keeps the journal. */
  release(sandboxId: string): void;
  /** Stops watching and removes the journal. */
  forget(sandboxId: string): void;
  /** Throws `sandbox-not-found`, `sandbox-ended`. */
  facts(sandboxId: string, needs: FactNeeds): Promise<Facts>;
  watchProcesses(sandboxId: string, forMs: number): void;
  dockerOf(target: SandboxTarget): EngineClient;
  stop(): void;
}

export function createObservers(options: {
  registry: SandboxRegistry;
  cgroups: Cgroups;
  /** Where journals lie. */
  folder: string;
  onChanged: (message: WatchMessage) => void;
  log: Logger;
}): Observers {
  const observers = new Map<string, SandboxObserver>();

  function observerOf(sandboxId: string): SandboxObserver {
    const known = observers.get(sandboxId);
    if (known) return known;
    const record = options.registry.getLiving(sandboxId);
    const target = targetOf(record, options.cgroups);
    const made = createSandboxObserver({
      target,
      docker: innerDocker(target),
      file: createJournalFile(options.folder, sandboxId, err =>
        options.log.error({ sandbox: sandboxId, err }, 'events cannot be written: see whether the disk is full'),
      ),
      createdAt: record.sandbox.createdAt,
      send: options.onChanged,
      log: options.log,
    });
    observers.set(sandboxId, made);
    return made;
  }
  function release(sandboxId: string): void {
    observers.get(sandboxId)?.stop();
    observers.delete(sandboxId);
  }
  return {
    follow: id => {
      observerOf(id);
    },
    release,
    forget(id) {
      release(id);
      createJournalFile(options.folder, id).remove();
    },
    facts: async (id, needs) => {
      options.registry.getLiving(id);
      const took = factsSeconds.startTimer();
      return observerOf(id).facts(needs).finally(took);
    },
    watchProcesses: (id, forMs) => {
      options.registry.getLiving(id);
      observerOf(id).watchProcesses(forMs);
    },
    dockerOf: innerDocker,
    stop() {
      for (const id of [...observers.keys()]) release(id);
    },
  };
}
