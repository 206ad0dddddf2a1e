import type { FactNeeds, Facts } from '#domain/facts/facts.ts';
import type { WatchMessage } from '#domain/protocol/watch.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { createChangeNotices, partsOf } from './change-notices.ts';
import { collectFacts } from './collect-facts.ts';
import { createEventJournal, type JournalEntry } from './event-journal.ts';
import { innerSocketIdentity } from './inner-connect.ts';
import type { JournalFile } from './journal-file.ts';
import { followEvents } from './journal-follower.ts';
import { journalLimits } from './journal-limits.ts';
import { processSignature } from './process-signature.ts';
import type { SandboxTarget } from './sandbox-target.ts';
import { createServiceWatch } from './service-watch.ts';

/** Watches one sandbox from its first readiness to its end. */
export interface SandboxObserver {
  facts(needs: FactNeeds): Promise<Facts>;
  /** Process changes are told for this long, milliseconds; 0 ends it. */
  watchProcesses(forMs: number): void;
  stop(): void;
}

export function createSandboxObserver(options: {
  target: SandboxTarget;
  docker: EngineClient;
  file: JournalFile;
  /** When the sandbox was made, epoch milliseconds. */
  createdAt: number;
  send: (message: WatchMessage) => void;
  now?: () => number;
}): SandboxObserver {
  const { target, docker, file, now = Date.now } = options;
  const stopped = new AbortController();
  const journal = createEventJournal(file.load());
  const notices = createChangeNotices({ sandboxId: target.sandboxId, seq: journal.seq, send: options.send });
  const services = createServiceWatch(target);
  let unsaved: JournalEntry[] = [];
  let signature: string | null = null;
  let watchUntil = 0;
  let sweptAt = 0;
  let timer: NodeJS.Timeout | null = null;
  let saveTimer: NodeJS.Timeout | null = null;
  let connectedBefore: boolean | null = null;

  function save(): void {
    if (saveTimer) clearTimeout(saveTimer);
    saveTimer = null;
    if (unsaved.length === 0) return;
    file.append(unsaved, journal.entries);
    unsaved = [];
  }

  function sweep(): void {
    sweptAt = now();
    if (services.changed()) notices.add('daemon', 'processes');
  }

  function compareProcesses(): void {
    const current = processSignature(target);
    if (signature !== null && current !== signature) notices.add('processes');
    signature = current;
  }

  function tick(): void {
    const watching = now() < watchUntil;
    if (watching) compareProcesses();
    else signature = null;
    if (now() - sweptAt >= journalLimits.sweepMs || watching) sweep();
    timer = setTimeout(tick, watching ? journalLimits.processPollMs : journalLimits.sweepMs);
  }

  void followEvents({
    docker,
    journal,
    createdAt: options.createdAt,
    signal: stopped.signal,
    socketIdentity: () => innerSocketIdentity(target),
    onEvent: entry => {
      unsaved.push(entry);
      saveTimer ??= setTimeout(save, journalLimits.coalesceMs);
      notices.add(...partsOf(entry.type));
    },
    onConnection: connected => {
      if (connectedBefore !== connected) notices.add('daemon');
      connectedBefore = connected;
    },
  });
  tick();

  return {
    facts: needs => collectFacts(needs, { target, docker, journal }),
    watchProcesses(forMs) {
      watchUntil = now() + forMs;
      if (forMs === 0) return;
      if (timer) clearTimeout(timer);
      tick();
    },
    stop() {
      stopped.abort();
      notices.stop();
      if (timer) clearTimeout(timer);
      save();
    },
  };
}
