import type { Logger } from 'pino';
import type { PacedWork } from '../host/paced-work.ts';
import type { Part } from './change-notices.ts';
import { journalLimits } from './journal-limits.ts';
import { processSignature } from './process-signature.ts';
import type { SandboxTarget } from './sandbox-target.ts';
import { createServiceWatch } from './service-watch.ts';

/** Looks by itself at what no Docker event tells: services always, all processes while somebody asked for it. */
export interface ProcessWatch {
  /** Compares processes for this long, milliseconds; 0 ends it. */
  watch(forMs: number): void;
  stop(): void;
}

export function createProcessWatch(options: {
  target: SandboxTarget;
  work: PacedWork;
  onChanged: (...parts: Part[]) => void;
  now?: () => number;
  log: Logger;
}): ProcessWatch {
  const { target, work, onChanged, log, now = Date.now } = options;
  const services = createServiceWatch(target);
  let signature: string | null = null;
  let watchUntil = 0;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let failing = false;

  async function look(): Promise<void> {
    const watching = now() < watchUntil;
    await work.run(async breathe => {
      const current = watching ? await processSignature(target, breathe) : null;
      if (signature !== null && current !== null && current !== signature) onChanged('processes');
      signature = current;
      if (await services.changed(breathe)) onChanged('daemon', 'processes');
    });
  }

  /** Never rejects. */
  async function run(): Promise<void> {
    timer = null;
    try {
      await look();
      failing = false;
    } catch (err) {
      // Up to five times a second while it lasts: the first one says it; nobody asks once it was stopped.
      if (!failing && !stopped)
        log.warn({ sandbox: target.sandboxId, err }, 'a look at processes failed; it is tried again');
      failing = true;
    }
    if (!stopped) timer = setTimeout(run, now() < watchUntil ? journalLimits.processPollMs : journalLimits.sweepMs);
  }
  void run();

  return {
    watch(forMs) {
      watchUntil = now() + forMs;
      // While a look is under way its end sets the new pace.
      if (forMs === 0 || timer === null) return;
      clearTimeout(timer);
      void run();
    },
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}
