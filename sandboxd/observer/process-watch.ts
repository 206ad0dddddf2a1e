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
}): ProcessWatch {
  const { target, work, onChanged, now = Date.now } = options;
  const services = createServiceWatch(target);
  let signature: string | null = null;
  let watchUntil = 0;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  async function look(): Promise<void> {
    const watching = now() < watchUntil;
    await work.run(async breathe => {
      const current = watching ? await processSignature(target, breathe) : null;
      if (signature !== null && current !== null && current !== signature) onChanged('processes');
      signature = current;
      if (await services.changed(breathe)) onChanged('daemon', 'processes');
    });
  }

  function run(): void {
    timer = null;
    void look().finally(() => {
      if (!stopped) timer = setTimeout(run, now() < watchUntil ? journalLimits.processPollMs : journalLimits.sweepMs);
    });
  }
  run();

  return {
    watch(forMs) {
      watchUntil = now() + forMs;
      // While a look is under way its end sets the new pace.
      if (forMs === 0 || timer === null) return;
      clearTimeout(timer);
      run();
    },
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}
