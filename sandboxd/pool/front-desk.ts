import path from 'node:path';
import type { Logger } from 'pino';
import type { PoolSettings } from '#domain/protocol/pool-settings.ts';
import type { HostStatus } from '#domain/protocol/rpc.ts';
import type { WatchMessage } from '#domain/protocol/watch.ts';
import { type Admission, createAdmission } from './admission.ts';
import { type Announcements, createAnnouncements, keptAnnouncementsSchema } from './announcements.ts';
import type { Room } from './capacity.ts';
import { createDemand } from './demand.ts';
import { createJsonFile } from './json-file.ts';
import { poolLimits } from './pool-limits.ts';
import { createQueue, keptQueueSchema, type Queue } from './queue.ts';
import type { SandboxEnding } from './sandbox-ending.ts';
import type { SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';
import type { SandboxStarter } from './sandbox-starter.ts';
import { createWarmPool, type WarmPool } from './warm-pool.ts';

export interface FrontDeskOptions {
  registry: SandboxRegistry;
  starter: SandboxStarter;
  ending: SandboxEnding;
  settings: () => PoolSettings;
  /** Where queue and announcements are kept. */
  stateFolder: string;
  /** Throws when nothing can be started. */
  assertHost: () => void;
  /** Throws unless sandboxes may be given away. */
  assertPassed: () => void;
  room: () => Room;
  wake: (sandboxId: string) => void;
  /** A sandbox got its learner. */
  onClaimed: (record: SandboxRecord) => void;
  /** A sandbox waits from now on. */
  onWarm: (record: SandboxRecord) => void;
  send: (message: WatchMessage) => void;
  log: Logger;
}

/** Where learners get their sandboxes: the queue, the warm pool and what is expected of the next minutes, put together. */
export interface FrontDesk {
  pool: WarmPool;
  queue: Queue;
  admission: Admission;
  announcements: Announcements;
  /** The whole queue, for who has just connected. */
  news(): WatchMessage;
  status(): Omit<HostStatus['pool'], 'suspended'>;
  /** Once a second: places of those who left are given up, and the rest is served. */
  sweep(): void;
  /** One that waits beyond those wanted is let go: call it now and then. */
  shrink(): Promise<void>;
  stop(): void;
}

export function createFrontDesk(options: FrontDeskOptions): FrontDesk {
  const { registry, settings, log } = options;
  const fileOf = (name: string) => path.join(options.stateFolder, 'pool', name);
  const onBroken = (err: unknown) => log.error({ err }, 'what was kept of the pool cannot be read, and is left behind');
  let failed: Extract<WatchMessage, { type: 'queue' }>['failed'] = [];
  let lastNews = '[]';
  let newsTimer: NodeJS.Timeout | null = null;
  let refillTimer: NodeJS.Timeout | null = null;

  const demand = createDemand({ bounds: settings });
  const announcements = createAnnouncements({
    file: createJsonFile(fileOf('announced.json'), keptAnnouncementsSchema),
    onBroken,
  });
  const queue = createQueue({
    file: createJsonFile(fileOf('queue.json'), keptQueueSchema),
    onBroken,
    onChange: () => tellSoon(),
  });
  const hasRoom = () => {
    try {
      options.assertHost();
      return options.room().places > 0;
    } catch {
      return false;
    }
  };
  const pool: WarmPool = createWarmPool({
    registry,
    starter: options.starter,
    hasRoom,
    wanted: () => {
      const people = admission.peopleForPool();
      const missing = announcements.missing();
      const quiet = missing > 0 ? poolLimits.announcedStarts : poolLimits.quietStarts;
      const atOnce = people > 0 ? settings().startsAtOnce : admission.ownStarts() > 0 ? 0 : quiet;
      return { people, target: Math.max(demand.target(), missing), atOnce: atOnce - admission.ownStarts() };
    },
    onReady: record => {
      admission.serve();
      if (registry.get(record.sandbox.id).sandbox.attemptId === null) options.onWarm(record);
    },
    onFailed: error => admission.startFailed(error),
    log,
  });
  const admission: Admission = createAdmission({
    ...options,
    queue,
    pool: () => pool,
    onClaimed: record => {
      demand.claimed();
      announcements.claimed();
      options.onClaimed(record);
      // What replaces it takes a core for a second, in which the learner's page loads: a little later.
      refillTimer ??= setTimeout(() => {
        refillTimer = null;
        pool.fill();
      }, poolLimits.refillAfterMs).unref();
    },
    onFailed: (attemptId, code) => {
      failed.push({ attemptId, code });
      tellSoon();
    },
  });

  function tellSoon(): void {
    newsTimer ??= setTimeout(() => {
      newsTimer = null;
      tell();
    }, poolLimits.queueNewsMs);
  }
  function tell(): void {
    const tickets = admission.tickets();
    const news = JSON.stringify(tickets);
    if (news === lastNews && failed.length === 0) return;
    lastNews = news;
    options.send({ type: 'queue', tickets, failed });
    failed = [];
  }

  return {
    pool,
    queue,
    admission,
    announcements,
    news: () => ({ type: 'queue', tickets: admission.tickets(), failed: [] }),
    status() {
      const { places, shortOf } = options.room();
      const short = places > 0 ? null : shortOf === 'full' ? 'sandboxes' : 'memory';
      return {
        ...pool.status(),
        queued: queue.all().length,
        announced: announcements.status(pool.waiting().length, short),
      };
    },
    sweep() {
      for (const { attemptId } of queue.expire()) log.info({ attempt: attemptId }, 'a place in the queue was given up');
      if (queue.all().length === 0) return;
      admission.serve();
      tell();
    },
    async shrink() {
      const [oldest] = pool.surplus();
      if (oldest) await options.ending.end(oldest.sandbox.id, 'replaced', 'fewer are wanted');
    },
    stop() {
      pool.stop();
      if (newsTimer) clearTimeout(newsTimer);
      if (refillTimer) clearTimeout(refillTimer);
    },
  };
}
