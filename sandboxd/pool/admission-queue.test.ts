import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { handOver, queueWait } from '../metrics/metrics.ts';
import { poolLimits } from './pool-limits.ts';
import { admissionDesk, counted, idOf } from './testing/admission-desk.ts';
import { recordOf } from './testing/records.ts';

describe('the queue', () => {
  it('forgets the place of who had just got his sandbox when sandboxd died', async () => {
    const mine = recordOf('aaaaaaaaaaaa', { attemptId: 'served' });
    const { admission, registry, places } = admissionDesk({ waiters: ['served', 'waits'], records: [mine] });
    admission.serve();
    await pause(60);
    expect(places()).toEqual([]);
    expect(registry.all().map(record => record.sandbox.attemptId)).toEqual(['served', 'waits']);
  });

  it('of a sandboxd before this one is counted as a wait, not as a slow hand-over', async () => {
    const before = [await counted(queueWait), await counted(handOver)];
    const { admission, registry, pool } = admissionDesk({ waiters: ['waits'] });
    admission.serve();
    await expect.poll(() => registry.findByAttempt('waits')).toBeDefined();
    expect([await counted(queueWait), await counted(handOver)]).toEqual([(before[0] ?? 0) + 1, before[1]]);
    pool.stop();
  });

  it('of a sandboxd before this one is served when sandboxes are known to hold, not before', async () => {
    const { admission, registry, pool, state, places } = admissionDesk({ waiters: ['waits'] });
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
    const { claim, state } = admissionDesk({ max: 1, waiters: others, records: [mine] });
    await expect(claim('new', { ownerId: 'ada', giveUp: ['old'] })).rejects.toMatchObject({ code: 'no-capacity' });
    expect(state.ended).toEqual([]);
    expect(await claim('l7')).toMatchObject({ answer: 'queued', ticket: { position: 8 } });
  });
});

describe('without room', () => {
  it('claims wait in order, and a place that comes free goes to the first', async () => {
    const { claim, places, ending, registry } = admissionDesk({ max: 2 });
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
    const { claim, places, ending, registry } = admissionDesk({ max: 1 });
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
    const { claim, places, queue } = admissionDesk({ max: 1 });
    await claim('a');
    for (const id of ['b', 'c', 'd']) await claim(id);
    queue.remove('c');
    expect(places()).toEqual(['1 b full', '2 d full']);
  });

  it('a reset keeps its place in the room', async () => {
    const { claim, registry, state, places } = admissionDesk({ max: 1 });
    const before = idOf(await claim('a'));
    await claim('b');
    const after = await claim('a', { fresh: true });
    expect(after.answer).toBe('sandbox');
    expect(idOf(after)).not.toBe(before);
    expect(registry.findByAttempt('b')).toBeUndefined();
    expect([state.ended, places()]).toEqual([['01 replaced'], ['1 b full']]);
  });
});
