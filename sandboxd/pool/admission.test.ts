import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { handOver } from '../metrics/metrics.ts';
import { poolLimits } from './pool-limits.ts';
import { isLiving } from './sandbox-record.ts';
import { admissionDesk, counted, idOf } from './testing/admission-desk.ts';
import { recordOf } from './testing/records.ts';

describe('a claim', () => {
  it('gets a warm one at once, of the times it asked for', async () => {
    const { pool, claim } = admissionDesk({ target: 2 });
    pool.fill();
    await pause(60);
    const answer = await claim('a', { ttlMs: 1_000, idleMs: 500 });
    expect(idOf(answer)).toBe('000000000001');
    if (answer.answer !== 'sandbox') throw new Error(answer.answer);
    expect((answer.sandbox.expiresAt ?? 0) - (answer.sandbox.claimedAt ?? 0)).toBe(1_000);
    expect(answer.sandbox.idleMs).toBe(500);
  });

  it('is counted as warm where one waited for it, as cold where one was started, whichever start is over first', async () => {
    const { pool, claim } = admissionDesk({ target: 1 });
    const counts = async () => [await counted(handOver, { from: 'warm' }), await counted(handOver, { from: 'cold' })];
    const [warm = 0, cold = 0] = await counts();
    pool.fill();
    await pause(60);
    await Promise.all(['a', 'b', 'c'].map(attempt => claim(attempt)));
    expect(await counts()).toEqual([warm + 1, cold + 2]);
    pool.stop();
  });

  it('never gets what another got, nor two for one attempt', async () => {
    const { claim, registry } = admissionDesk();
    const answers = await Promise.all(['a', 'b', 'c', 'a', 'd', 'b'].map(attempt => claim(attempt)));
    const ids = answers.map(idOf);
    expect(new Set(ids).size).toBe(4);
    expect([ids[3], ids[5]]).toEqual([ids[0], ids[1]]);
    expect(registry.all().filter(isLiving)).toHaveLength(4);
  });

  it('with a way out gets a sandbox of its own, for which a waiting one gives way', async () => {
    const { pool, claim, state } = admissionDesk({ target: 2, max: 2 });
    pool.fill();
    await pause(60);
    const answer = await claim('a', { egress: true });
    expect(answer).toMatchObject({ answer: 'sandbox', sandbox: { egress: true } });
    expect(state.ended).toEqual(['01 replaced']);
  });

  it('with a way out gets the memory of waiting ones too, once they are gone', async () => {
    const forOne = Math.ceil(poolLimits.freeMemoryForOne / poolLimits.idleMemory);
    const waiting = ['aaaaaaaaaaa1', 'aaaaaaaaaaa2', 'aaaaaaaaaaa3'].map(id => recordOf(id));
    const { claim, state, registry } = admissionDesk({ memoryFor: forOne + 1, records: waiting });
    expect(await claim('a', { egress: true })).toMatchObject({ answer: 'queued', ticket: { basis: 'memory' } });
    await pause(60);
    expect(registry.findByAttempt('a')?.sandbox).toMatchObject({ egress: true, state: 'ready' });
    expect(state.ended).toEqual(['a1 replaced', 'a2 replaced']);
  });

  it('fails while the host is broken, and does not wait', async () => {
    const { claim, state, places } = admissionDesk();
    state.broken = true;
    await expect(claim('a')).rejects.toMatchObject({ code: 'sandbox-start-failed' });
    expect(places()).toEqual([]);
  });

  it('that waits is not served while the host is broken, though one got ready, and is once it is mended', async () => {
    const { claim, state, admission, registry } = admissionDesk({ holdClaimMs: 1 });
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
    const { claim, state } = admissionDesk({ startsAtOnce: 1 });
    state.failing = true;
    const first = claim('a');
    expect(await claim('b')).toMatchObject({ answer: 'queued' });
    await expect(first).rejects.toMatchObject({ code: 'sandbox-start-failed' });
    await pause(60);
    expect(state.failed).toEqual(['a sandbox-start-failed', 'b sandbox-start-failed']);
  });
});

describe('thirty claims at once', () => {
  it('are all served, warm ones first, with no more starts at once than allowed and no call held long', async () => {
    const { pool, claim, starts, registry, places, admission } = admissionDesk({
      max: 40,
      target: 3,
      holdClaimMs: 200,
    });
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

describe('one sandbox per learner', () => {
  it('is said before anything is done, and moves when the learner gives it up', async () => {
    const { claim, state, registry } = admissionDesk();
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
    const { claim, places } = admissionDesk({ max: 1 });
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
