import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ClaimAnswer } from '#domain/protocol/claim.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { parsePoolSettings } from '#domain/protocol/pool-settings.ts';
import { handOver, queueWait } from '../metrics/metrics.ts';
import { type Admission, type ClaimInput, createAdmission } from './admission.ts';
import { roomFor } from './capacity.ts';
import { poolLimits } from './pool-limits.ts';
import { createQueue, type Waiter } from './queue.ts';
import type { SandboxEnding } from './sandbox-ending.ts';
import { isLiving, type SandboxRecord } from './sandbox-record.ts';
import { memoryFile } from './testing/memory-file.ts';
import { memoryRegistry, recordOf, silentLog } from './testing/records.ts';
import { slowStarter } from './testing/slow-starter.ts';
import { createWarmPool, type WarmPool } from './warm-pool.ts';

const waiter = { ownerId: null, egress: false, ttlMs: 1_000, idleMs: 1_000, since: 1 };

/** Real queue, pool and admission over starts of 20 ms and so many places. */
function setUp(
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

/** What a histogram has counted so far. */
const counted = async (of: typeof handOver | typeof queueWait, labels: { from?: string } = {}) =>
  (await of.get()).values
    .filter(one => one.metricName?.endsWith('_count') && (labels.from === undefined || one.labels.from === labels.from))
    .reduce((sum, one) => sum + one.value, 0);

const idOf = (answer: ClaimAnswer) => (answer.answer === 'sandbox' ? answer.sandbox.id : answer.answer);

describe('a claim', () => {
  it('gets a warm one at once, of the times it asked for', async () => {
    const { pool, claim } = setUp({ target: 2 });
    pool.fill();
    await pause(60);
    const answer = await claim('a', { ttlMs: 1_000, idleMs: 500 });
    expect(idOf(answer)).toBe('000000000001');
    if (answer.answer !== 'sandbox') throw new Error(answer.answer);
    expect((answer.sandbox.expiresAt ?? 0) - (answer.sandbox.claimedAt ?? 0)).toBe(1_000);
    expect(answer.sandbox.idleMs).toBe(500);
  });

  it('is counted as warm where one waited for it, as cold where one was started, whichever start is over first', async () => {
    const { pool, claim } = setUp({ target: 1 });
    const counts = async () => [await counted(handOver, { from: 'warm' }), await counted(handOver, { from: 'cold' })];
    const [warm = 0, cold = 0] = await counts();
    pool.fill();
    await pause(60);
    await Promise.all(['a', 'b', 'c'].map(attempt => claim(attempt)));
    expect(await counts()).toEqual([warm + 1, cold + 2]);
    pool.stop();
  });

  it('never gets what another got, nor two for one attempt', async () => {
    const { claim, registry } = setUp();
    const answers = await Promise.all(['a', 'b', 'c', 'a', 'd', 'b'].map(attempt => claim(attempt)));
    const ids = answers.map(idOf);
    expect(new Set(ids).size).toBe(4);
    expect([ids[3], ids[5]]).toEqual([ids[0], ids[1]]);
    expect(registry.all().filter(isLiving)).toHaveLength(4);
  });

  it('with a way out gets a sandbox of its own, for which a waiting one gives way', async () => {
    const { pool, claim, state } = setUp({ target: 2, max: 2 });
    pool.fill();
    await pause(60);
    const answer = await claim('a', { egress: true });
    expect(answer).toMatchObject({ answer: 'sandbox', sandbox: { egress: true } });
    expect(state.ended).toEqual(['01 replaced']);
  });

  it('with a way out gets the memory of waiting ones too, once they are gone', async () => {
    const forOne = Math.ceil(poolLimits.freeMemoryForOne / poolLimits.idleMemory);
    const waiting = ['aaaaaaaaaaa1', 'aaaaaaaaaaa2', 'aaaaaaaaaaa3'].map(id => recordOf(id));
    const { claim, state, registry } = setUp({ memoryFor: forOne + 1, records: waiting });
    expect(await claim('a', { egress: true })).toMatchObject({ answer: 'queued', ticket: { basis: 'memory' } });
    await pause(60);
    expect(registry.findByAttempt('a')?.sandbox).toMatchObject({ egress: true, state: 'ready' });
    expect(state.ended).toEqual(['a1 replaced', 'a2 replaced']);
  });

  it('fails while the host is broken, and does not wait', async () => {
    const { claim, state, places } = setUp();
    state.broken = true;
    await expect(claim('a')).rejects.toMatchObject({ code: 'sandbox-start-failed' });
    expect(places()).toEqual([]);
  });

  it('that waits is not served while the host is broken, though one got ready, and is once it is mended', async () => {
    const { claim, state, admission, registry } = setUp({ holdClaimMs: 1 });
    expect(await claim('a')).toMatchObject({ answer: 'queued' });
    state.broken = true;
    await pause(60);
    expect(registry.findByAttempt('a')).toBeUndefined();
    admission.serve();
    expect(registry.findByAttempt('a')).toBeUndefined();
    state.broken = false;
    admission.serve();
    expect(registry.findByAttempt('a')).toBeDefined();
  });

  it('fails when its start fails, and those who wait are told one by one', async () => {
    const { claim, state } = setUp({ startsAtOnce: 1 });
    state.failing = true;
    const first = claim('a');
    expect(await claim('b')).toMatchObject({ answer: 'queued' });
    await expect(first).rejects.toMatchObject({ code: 'sandbox-start-failed' });
    await pause(60);
    expect(state.failed).toEqual(['a sandbox-start-failed', 'b sandbox-start-failed']);
  });
});

describe('the queue', () => {
  it('forgets the place of who had just got his sandbox when sandboxd died', async () => {
    const mine = recordOf('aaaaaaaaaaaa', { attemptId: 'served' });
    const { admission, registry, places } = setUp({ waiters: ['served', 'waits'], records: [mine] });
    admission.serve();
    await pause(60);
    expect(places()).toEqual([]);
    expect(registry.all().map(record => record.sandbox.attemptId)).toEqual(['served', 'waits']);
  });

  it('of a sandboxd before this one is counted as a wait, not as a slow hand-over', async () => {
    const before = [await counted(queueWait), await counted(handOver)];
    const { admission, registry, pool } = setUp({ waiters: ['waits'] });
    admission.serve();
    await expect.poll(() => registry.findByAttempt('waits')).toBeDefined();
    expect([await counted(queueWait), await counted(handOver)]).toEqual([(before[0] ?? 0) + 1, before[1]]);
    pool.stop();
  });

  it('of a sandboxd before this one is served when sandboxes are known to hold, not before', async () => {
    const { admission, registry, pool, state, places } = setUp({ waiters: ['waits'] });
    state.judged = false;
    expect(places()).toEqual(['1 waits host']);
    pool.fill();
    await pause(60);
    expect(registry.all().map(({ sandbox }) => [sandbox.state, sandbox.attemptId])).toEqual([['ready', null]]);
    state.judged = true;
    admission.serve();
    expect(registry.findByAttempt('waits')).toBeDefined();
  });

  it('that is full takes nothing from who asks, and keeps those who ask again', async () => {
    const others = Array.from({ length: poolLimits.maxWaiting }, (_, index) => `l${index}`);
    const mine = { ...recordOf('aaaaaaaaaaaa', { attemptId: 'old' }), ownerId: 'ada' };
    const { claim, state } = setUp({ max: 1, waiters: others, records: [mine] });
    await expect(claim('new', { ownerId: 'ada', giveUp: ['old'] })).rejects.toMatchObject({ code: 'no-capacity' });
    expect(state.ended).toEqual([]);
    expect(await claim('l7')).toMatchObject({ answer: 'queued', ticket: { position: 8 } });
  });
});

describe('thirty claims at once', () => {
  it('are all served, warm ones first, with no more starts at once than allowed and no call held long', async () => {
    const { pool, claim, starts, registry, places, admission } = setUp({ max: 40, target: 3, holdClaimMs: 200 });
    pool.fill();
    await pause(80);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => claim(`l${i}`)));
    expect(answers.slice(0, 3).map(idOf)).toEqual(['000000000001', '000000000002', '000000000003']);
    expect(answers.filter(one => one.answer === 'queued').length).toBeGreaterThan(20);
    await pause(400);
    expect(places()).toEqual([]);
    expect(starts.most).toBeLessThanOrEqual(4);
    const owners = registry.all().flatMap(record => record.sandbox.attemptId ?? []);
    expect(new Set(owners).size).toBe(30);
    expect(admission.peopleForPool()).toBe(0);
  });
});

describe('without room', () => {
  it('claims wait in order, and a place that comes free goes to the first', async () => {
    const { claim, places, ending, registry } = setUp({ max: 2 });
    const [one] = await Promise.all([claim('a'), claim('b')]);
    expect(await claim('c')).toMatchObject({ answer: 'queued', ticket: { position: 1, basis: 'full' } });
    expect(await claim('d')).toMatchObject({ answer: 'queued', ticket: { position: 2, waiting: 2 } });
    expect(await claim('c')).toMatchObject({ ticket: { position: 1 } });
    await ending.end(idOf(one), 'learner', '');
    await pause(60);
    expect(registry.findByAttempt('c')?.sandbox.state).toBe('ready');
    expect(places()).toEqual(['1 d full']);
  });

  it('a place that comes free goes to the first, also when one with a way out waits behind', async () => {
    const { claim, places, ending, registry } = setUp({ max: 1 });
    const one = await claim('a');
    await claim('b');
    await claim('out', { egress: true });
    await claim('c');
    expect(places()).toEqual(['1 b full', '2 out full', '3 c full']);
    const ended = ending.end(idOf(one), 'learner', '');
    await pause(10);
    expect(places()).toEqual(['1 b starting', '2 out full', '3 c full']);
    await ended;
    await pause(60);
    await ending.end(registry.findByAttempt('b')?.sandbox.id ?? '', 'learner', '');
    expect(places()).toEqual(['1 out starting', '2 c full']);
    await pause(60);
    expect(registry.findByAttempt('out')?.sandbox.egress).toBe(true);
  });

  it('who leaves is not counted any more', async () => {
    const { claim, places, queue } = setUp({ max: 1 });
    await claim('a');
    for (const id of ['b', 'c', 'd']) await claim(id);
    queue.remove('c');
    expect(places()).toEqual(['1 b full', '2 d full']);
  });

  it('a reset keeps its place in the room', async () => {
    const { claim, registry, state, places } = setUp({ max: 1 });
    const before = idOf(await claim('a'));
    await claim('b');
    const after = await claim('a', { fresh: true });
    expect(after.answer).toBe('sandbox');
    expect(idOf(after)).not.toBe(before);
    expect(registry.findByAttempt('b')).toBeUndefined();
    expect([state.ended, places()]).toEqual([['01 replaced'], ['1 b full']]);
  });
});

describe('one sandbox per learner', () => {
  it('is said before anything is done, and moves when the learner gives it up', async () => {
    const { claim, state, registry } = setUp();
    const ada = { ownerId: 'ada' };
    await claim('first', ada);
    expect(await claim('second', ada)).toEqual({ answer: 'elsewhere', attempts: ['first'] });
    expect(state.ended).toEqual([]);
    // Somebody else's cannot be given up, and nobody's are not counted.
    await claim('of-bob', { ownerId: 'bob' });
    expect(await claim('second', { ...ada, giveUp: ['of-bob'] })).toMatchObject({ answer: 'elsewhere' });
    expect(await claim('second', { ...ada, giveUp: ['first'] })).toMatchObject({ answer: 'sandbox' });
    expect(state.ended).toEqual(['01 moved']);
    expect(registry.findByAttempt('of-bob')?.sandbox.state).toBe('ready');
    expect((await claim('x')).answer).toBe('sandbox');
    expect((await claim('y')).answer).toBe('sandbox');
  });

  it('counts a place in the queue, which moves along', async () => {
    const { claim, places } = setUp({ max: 1 });
    await claim('a');
    const ada = { ownerId: 'ada' };
    await claim('first', ada);
    await claim('b');
    expect(await claim('second', ada)).toEqual({ answer: 'elsewhere', attempts: ['first'] });
    await claim('second', { ...ada, giveUp: ['first'] });
    expect(places()).toEqual(['1 second full', '2 b full']);
    // But never to the front by moving: b is before who came after him, wherever that one goes.
    await claim('third', { ownerId: 'eve' });
    await claim('fourth', { ownerId: 'eve', giveUp: ['third'], fresh: true });
    expect(places()).toEqual(['1 second full', '2 b full', '3 fourth full']);
  });
});
