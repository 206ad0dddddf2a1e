import type { WatchMessage } from '#domain/protocol/watch.ts';
import { journalLimits } from './journal-limits.ts';

type Changed = Extract<WatchMessage, { type: 'changed' }>;
export type Part = Changed['parts'][number];

/** Gathers what changed in one sandbox for a moment, then tells it once. */
export function createChangeNotices(options: {
  sandboxId: string;
  seq: () => number;
  send: (message: Changed) => void;
  now?: () => number;
}): { add(...parts: Part[]): void; stop(): void } {
  const { now = Date.now } = options;
  const pending = new Set<Part>();
  let noticedAt = 0;
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    timer = null;
    const parts = [...pending];
    pending.clear();
    options.send({ type: 'changed', sandboxId: options.sandboxId, parts, seq: options.seq(), at: noticedAt });
  }
  return {
    add(...parts) {
      for (const part of parts) pending.add(part);
      if (timer) return;
      noticedAt = now();
      timer = setTimeout(flush, journalLimits.coalesceMs);
    },
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}

/** What an event of a type may have changed. */
export function partsOf(eventType: string): Part[] {
  if (eventType === 'container') return ['events', 'containers', 'processes'];
  if (eventType === 'image') return ['events', 'images'];
  if (eventType === 'daemon') return ['events', 'daemon'];
  return ['events'];
}
