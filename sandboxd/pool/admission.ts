import type { Logger } from 'pino';
import type { z } from 'zod';
import type { ClaimAnswer, claimInputSchema, QueueTicket } from '#domain/protocol/claim.ts';
import { CodedError, type ErrorCode, errorCodeOf } from '#domain/protocol/errors.ts';
import type { PoolSettings } from '#domain/protocol/pool-settings.ts';
import { handOver, queueWait } from '../metrics/metrics.ts';
import type { Room } from './capacity.ts';
import { createHeldClaims } from './held-claims.ts';
import { othersOfOwner } from './others-of-owner.ts';
import { poolLimits } from './pool-limits.ts';
import type { Queue, Waiter } from './queue.ts';
import { latestEnds, ticketsOf } from './queue-outlook.ts';
import { createRoomMaker } from './room-maker.ts';
import type { SandboxEnding } from './sandbox-ending.ts';
import { isLiving, type SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';
import type { SandboxStarter } from './sandbox-starter.ts';
import type { WarmPool } from './warm-pool.ts';

export type ClaimInput = z.output<typeof claimInputSchema>;

/** Lets learners in, in the order in which they came: a sandbox at once, or a place in the queue. */
export interface Admission {
  /** Throws `sandbox-start-failed` while the host is broken, `no-capacity` when even the queue is full. */
  claim(input: ClaimInput): Promise<ClaimAnswer>;
  /** Serves who can be served. Call it whenever a sandbox became ready or room may have come free. */
  serve(): void;
  /** Everybody's place. */
  tickets(): QueueTicket[];
  /** Who waits for a sandbox out of the pool. */
  peopleForPool(): number;
  /** Sandboxes being started for one learner alone. */
  ownStarts(): number;
  /** A start for the pool failed: who was next is told. True when others wait. */
  startFailed(error: unknown): boolean;
}

export function createAdmission(options: {
  registry: SandboxRegistry;
  queue: Queue;
  pool: () => WarmPool;
  starter: SandboxStarter;
  ending: SandboxEnding;
  settings: () => PoolSettings;
  /** Throws when nothing can be started: the engine is down, the host is not fit. */
  assertHost: () => void;
  /** Throws unless sandboxes may be given away: a claim has waited for that, who was in the queue before has not. */
  assertPassed: () => void;
  room: () => Room;
  /** The sandbox is wanted now: it wakes when it is frozen. */
  wake: (sandboxId: string) => void;
  onClaimed: (record: SandboxRecord) => void;
  /** Somebody who waited is told that no sandbox came. */
  onFailed: (attemptId: string, code: ErrorCode) => void;
  now?: () => number;
  holdClaimMs?: number;
  log: Logger;
}): Admission {
  const { registry, queue, starter, ending, settings, log, now = Date.now } = options;
  const minute = 60_000;
  const makeRoom = createRoomMaker({
    registry,
    ending,
    room: options.room,
    waiting: () => options.pool().waiting(),
    now,
  });
  const held = createHeldClaims(options.holdClaimMs ?? poolLimits.holdClaimMs);
  /** Starts for one learner alone: with a way out, which the pool does not keep. */
  const own = new Set<string>();

  // A sandboxd that died while it handed one over left both the place and the sandbox.
  for (const { attemptId } of queue.all()) if (registry.findByAttempt(attemptId)) queue.remove(attemptId);

  /** Who was told to wait; whoever stood here before this sandboxd was. */
  const told = new Set(queue.all().map(waiter => waiter.attemptId));

  const forPool = (waiter: Waiter) => !waiter.egress;
  const startsUnderWay = () => options.pool().starting() + own.size;

  function hand(waiter: Waiter, record: SandboxRecord, from: 'warm' | 'cold'): void {
    const { attemptId, ownerId, ttlMs, idleMs, since } = waiter;
    const { id } = record.sandbox;
    options.wake(id);
    const at = now();
    const change = { attemptId, claimedAt: at, activeAt: at, expiresAt: at + ttlMs, idleMs };
    const before = registry.get(id);
    const given = registry.put({ ...before, ownerId, sandbox: { ...before.sandbox, ...change } });
    queue.remove(attemptId);
    log.info({ sandbox: id, attempt: attemptId, from, ms: at - since }, 'sandbox handed over');
    if (told.delete(attemptId)) queueWait.observe((at - since) / 1_000);
    else handOver.observe({ from }, (at - since) / 1_000);
    options.onClaimed(given);
    held.settle(attemptId, given);
  }

  function fail(attemptId: string, error: unknown): void {
    const code = errorCodeOf(error);
    told.delete(attemptId);
    queue.remove(attemptId);
    options.onFailed(attemptId, code);
    held.settle(attemptId, error instanceof CodedError ? error : new CodedError(code, String(error), { cause: error }));
  }

  function startOwn(waiter: Waiter): void {
    own.add(waiter.attemptId);
    starter.start({ egress: true }).then(
      record => {
        own.delete(waiter.attemptId);
        const still = queue.find(waiter.attemptId);
        if (still) hand(still, record, 'cold');
        else void ending.end(record.sandbox.id, 'replaced', 'nobody waited for it any more').catch(() => {});
        serve();
      },
      error => {
        own.delete(waiter.attemptId);
        fail(waiter.attemptId, error);
        serve();
      },
    );
  }

  /** False while the host is not fit: who waits goes on waiting, and is served by a sweep once it is. */
  function mayServe(): boolean {
    try {
      options.assertHost();
      options.assertPassed();
      return true;
    } catch {
      return false;
    }
  }

  /** For whom has just come, one that waits is warm; for everybody else it was started, and they waited for it. */
  function serve(justCame?: string): void {
    if (queue.all().length > 0 && !mayServe()) return;
    const pool = options.pool();
    // Warm ones first, whoever is in front waits for a start of another kind.
    for (const waiter of queue.all().filter(forPool)) {
      const warm = pool.take();
      if (!warm) break;
      hand(waiter, warm, waiter.attemptId === justCame ? 'warm' : 'cold');
    }
    for (const waiter of queue.all().filter(each => each.egress && !own.has(each.attemptId))) {
      const first = stillBefore(waiter);
      if (settings().startsAtOnce - startsUnderWay() <= first) break;
      if (options.room().places <= first && !makeRoom(first)) break;
      startOwn(waiter);
    }
    if (queue.all().some(forPool)) pool.fill();
    for (const attemptId of told) if (!queue.find(attemptId)) told.delete(attemptId);
  }

  /** How many before somebody wait for a start of the pool that has not begun: room and starts are theirs first. */
  function stillBefore(waiter: Waiter): number {
    const before = queue.all().slice(0, queue.all().indexOf(waiter)).filter(forPool);
    return Math.max(0, before.length - options.pool().starting());
  }

  function tickets(): QueueTicket[] {
    if (queue.all().length === 0) return [];
    const { places, shortOf } = options.room();
    return ticketsOf(queue.all(), {
      now: now(),
      ready: mayServe(),
      starting: startsUnderWay(),
      startsAtOnce: settings().startsAtOnce,
      startMs: options.pool().startMs(),
      own,
      places,
      shortOf,
      ends: latestEnds(
        registry
          .all()
          .filter(isLiving)
          .map(record => record.sandbox),
      ),
    });
  }

  /** Gives up the owner's other attempts where he agreed to it; the ones that stand in the way otherwise. */
  function inTheWay(input: ClaimInput): { attempts: string[]; gaveUp: boolean; behind?: number } {
    const others = othersOfOwner(input, registry.all(), queue.all());
    if (others.length < settings().perLearner) return { attempts: [], gaveUp: false };
    const agreed = others.filter(id => input.giveUp.includes(id));
    if (others.length - agreed.length >= settings().perLearner) return { attempts: others, gaveUp: false };
    // A place in the queue moves along; only a sandbox given back opens a way to the front.
    const place = queue.all().findIndex(each => agreed.includes(each.attemptId));
    let gaveUp = false;
    for (const attemptId of agreed) {
      queue.remove(attemptId);
      gaveUp = endInBackground(attemptId, 'moved', 'its learner went on in another lab') || gaveUp;
    }
    return { attempts: [], gaveUp, ...(place >= 0 && { behind: place }) };
  }

  function endInBackground(attemptId: string, reason: 'moved' | 'replaced', detail: string): boolean {
    const record = registry.findByAttempt(attemptId);
    if (!record) return false;
    ending
      .end(record.sandbox.id, reason, detail)
      .catch(err => log.error({ sandbox: record.sandbox.id, err }, 'sandbox could not be removed; it is tried again'));
    return true;
  }

  return {
    serve: () => serve(),
    tickets,
    peopleForPool: () => queue.all().filter(forPool).length,
    ownStarts: () => own.size,
    startFailed(error) {
      const first = queue.all().find(forPool);
      if (first) fail(first.attemptId, error);
      return queue.all().some(forPool);
    },
    async claim(input) {
      const { attemptId, ownerId, egress } = input;
      const living = registry.findByAttempt(attemptId);
      if (living && !input.fresh) {
        registry.touch(living.sandbox.id);
        options.wake(living.sandbox.id);
        const record = living.ownerId === ownerId ? living : registry.put({ ...living, ownerId });
        return { answer: 'sandbox', sandbox: record.sandbox };
      }
      options.assertHost();
      // Before anything is given up for it.
      if (!queue.find(attemptId) && queue.all().length >= poolLimits.maxWaiting)
        throw new CodedError('no-capacity', `${queue.all().length} wait already`);
      const { attempts, gaveUp, behind } = inTheWay(input);
      if (attempts.length > 0) return { answer: 'elsewhere', attempts };
      const gaveBack = input.fresh && endInBackground(attemptId, 'replaced', 'its learner asked for a fresh one');
      const ttlMs = input.ttlMs ?? settings().ttlMinutes * minute;
      const idleMs = input.idleMs ?? settings().idleMinutes * minute;
      // Who gives one up gets the next: a reset must not cost the place in the room.
      queue.join({ attemptId, ownerId, egress, ttlMs, idleMs, since: now() }, gaveUp || gaveBack, behind);
      serve(attemptId);
      const ticketOf = () => tickets().find(each => each.attemptId === attemptId);
      const end = ticketOf()?.basis === 'starting' ? await held.hold(attemptId) : null;
      if (end instanceof CodedError) throw end;
      const record = registry.findByAttempt(attemptId);
      if (record) return { answer: 'sandbox', sandbox: record.sandbox };
      const ticket = ticketOf();
      if (!ticket) throw new CodedError('sandbox-start-failed', `the claim of ${attemptId} was given up meanwhile`);
      told.add(attemptId);
      return { answer: 'queued', ticket };
    },
  };
}
