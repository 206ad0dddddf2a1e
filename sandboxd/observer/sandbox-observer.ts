import type { Logger } from 'pino';
import type { FactNeeds, Facts } from '#domain/facts/facts.ts';
import type { WatchMessage } from '#domain/protocol/watch.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { createPacedWork } from '../host/paced-work.ts';
import { createChangeNotices, partsOf } from './change-notices.ts';
import { collectFacts } from './collect-facts.ts';
import { createEventJournal, type JournalEntry } from './event-journal.ts';
import { innerSocketIdentity } from './inner-connect.ts';
import type { JournalFile } from './journal-file.ts';
import { followEvents } from './journal-follower.ts';
import { journalLimits } from './journal-limits.ts';
import { createProcessWatch } from './process-watch.ts';
import type { SandboxTarget } from './sandbox-target.ts';

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
  log: Logger;
}): SandboxObserver {
  const { target, docker, file, now = Date.now } = options;
  const stopped = new AbortController();
  const journal = createEventJournal(file.load());
  const notices = createChangeNotices({ sandboxId: target.sandboxId, seq: journal.seq, send: options.send });
  const work = createPacedWork();
  let unsaved: JournalEntry[] = [];
  let saveTimer: NodeJS.Timeout | null = null;
  let connectedBefore: boolean | null = null;

  function save(): void {
    if (saveTimer) clearTimeout(saveTimer);
    saveTimer = null;
    if (unsaved.length === 0) return;
    file.append(unsaved, journal.entries);
    unsaved = [];
  }

  const processes = createProcessWatch({ target, work, onChanged: notices.add, now, log: options.log });
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

  return {
    facts: needs => collectFacts(needs, { target, docker, journal, work }),
    watchProcesses: processes.watch,
    stop() {
      stopped.abort();
      notices.stop();
      processes.stop();
      save();
    },
  };
}
