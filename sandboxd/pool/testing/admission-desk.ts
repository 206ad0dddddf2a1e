import { setTimeout as pause } from 'node:timers/promises';
import type { ClaimAnswer } from '#domain/protocol/claim.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { parsePoolSettings } from '#domain/protocol/pool-settings.ts';
import type { handOver, queueWait } from '../../metrics/metrics.ts';
import { type Admission, type ClaimInput, createAdmission } from '../admission.ts';
import { roomFor } from '../capacity.ts';
import { poolLimits } from '../pool-limits.ts';
import { createQueue, type Waiter } from '../queue.ts';
import type { SandboxEnding } from '../sandbox-ending.ts';
import { isLiving, type SandboxRecord } from '../sandbox-record.ts';
import { createWarmPool, type WarmPool } from '../warm-pool.ts';
import { memoryFile } from './memory-file.ts';
import { memoryRegistry, silentLog } from './records.ts';
import { slowStarter } from './slow-starter.ts';

const waiter = { ownerId: null, egress: false, ttlMs: 1_000, idleMs: 1_000, since: 1 };

/** Real queue, pool and admission over starts of 20 ms and so many places. */
export function admissionDesk(
  options: {
    max?: number;
    /** Memory that is free beside what sandboxes take, in idle ones. */
    memoryFor?: number;
    target?: number;
    startsAtOnce?: number;
    holdClaimMs?: number;
    /** What a sandboxd before this one wrote down. */
    waiters?: string[];
    records?: SandboxRecord[];
  } = {},
) {
  const { registry } = memoryRegistry(options.records);
  const file = memoryFile<Waiter[]>();
  file.save((options.waiters ?? []).map(attemptId => ({ ...waiter, attemptId })));
  const state = {
    broken: false,
    judged: true,
    failing: false,
    max: options.max ?? 10,
    ended: [] as string[],
    failed: [] as string[],
  };
  const { starter, state: starts } = slowStarter(registry, () => state.failing);
  const queue = createQueue({ file, onBroken: () => {}, onChange: () => {} });
  const living = () => registry.all().filter(isLiving).length;
  const room = () => {
    const held = registry.all().filter(({ sandbox }) => sandbox.state !== 'ended').length;
    const freeBytes = ((options.memoryFor ?? 1_000) - held) * poolLimits.idleMemory;
    return roomFor({ living: living(), maxSandboxes: state.max, freeBytes });
  };
  const ending: SandboxEnding = {
    async end(id, reason, detail) {
      registry.update(id, { state: 'stopping', ended: { reason, at: Date.now(), detail } });
      state.ended.push(`${id.slice(-2)} ${reason}`);
      await pause(5);
      const record = registry.update(id, { state: 'ended' });
      admission.serve();
      return record;
    },
  };
  const startsAtOnce = options.startsAtOnce ?? 4;
  const pool: WarmPool = createWarmPool({
    registry,
    starter,
    wanted: () => ({ people: admission.peopleForPool(), target: options.target ?? 0, atOnce: startsAtOnce }),
    hasRoom: () => !state.broken && room().places > 0,
    onReady: () => admission.serve(),
    onFailed: error => admission.startFailed(error),
    log: silentLog,
  });
  const admission: Admission = createAdmission({
    registry,
    queue,
    pool: () => pool,
    starter,
    ending,
    settings: () => parsePoolSettings({ startsAtOnce }),
    assertHost: () => {
      if (state.broken) throw new CodedError('sandbox-start-failed', 'the engine is down');
    },
    assertPassed: () => {
      if (!state.judged) throw new CodedError('host-unsafe', 'nobody knows yet');
    },
    room,
    wake: () => {},
    onClaimed: () => {},
    onFailed: (attemptId, code) => state.failed.push(`${attemptId} ${code}`),
    holdClaimMs: options.holdClaimMs ?? 500,
    log: silentLog,
  });
  const claim = (attemptId: string, change: Partial<ClaimInput> = {}) =>
    admission.claim({ attemptId, ownerId: null, image: 'engine', egress: false, fresh: false, giveUp: [], ...change });
  const places = () => admission.tickets().map(ticket => `${ticket.position} ${ticket.attemptId} ${ticket.basis}`);
  return { registry, queue, pool, admission, claim, state, starts, ending, places };
}

export const idOf = (answer: ClaimAnswer) => (answer.answer === 'sandbox' ? answer.sandbox.id : answer.answer);

/** What a histogram has counted so far. */
export const counted = async (of: typeof handOver | typeof queueWait, labels: { from?: string } = {}) =>
  (await of.get()).values
    .filter(one => one.metricName?.endsWith('_count') && (labels.from === undefined || one.labels.from === labels.from))
    .reduce((sum, one) => sum + one.value, 0);
