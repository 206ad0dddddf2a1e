import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueueTicket } from '#domain/protocol/claim.ts';
import { claimOf, claimSandbox, emptyPool, endAll, untilEnded } from '#tests/support/claim.ts';
import { sandboxdMetrics, sumOf } from '#tests/support/metrics.ts';
import { setSandboxSettings } from '#tests/support/sandbox-settings.ts';
import { waitUntil } from '#tests/support/wait-until.ts';
import { type WatchedHost, watchSandboxHost } from '#tests/support/watched-host.ts';

/** Starts take a second on a quiet machine and half a minute on one that does ten other things. */
const patienceMs = 120_000;
vi.setConfig({ testTimeout: 3 * patienceMs });

let host: WatchedHost['host'];
let client: WatchedHost['client'];
let messages: WatchedHost['messages'];
let leave: WatchedHost['leave'];
beforeAll(async () => {
  ({ host, client, messages, leave } = await watchSandboxHost());
});
// What a test that failed has left behind would fail the next one, too.
beforeEach(async () => {
  for (const { attemptId } of lastTickets()) await client.call('queue.leave', { attemptId });
  await endAll(client);
});
afterAll(async () => {
  await setSandboxSettings(host, {});
  await leave();
});

/** The queue as /watch told it last. */
function lastTickets(): readonly QueueTicket[] {
  return messages.findLast(message => message.type === 'queue')?.tickets ?? [];
}
const placeOf = (attemptId: string) => lastTickets().find(ticket => ticket.attemptId === attemptId);
const claim = (attemptId: string, more = {}) => client.call('sandbox.claim', claimOf({ attemptId, ...more }));
const livingOf = async (attemptId: string) => (await client.call('sandbox.of-attempt', { attemptId })).sandbox;
const status = async () => (await client.call('host.status', {})).pool;

/** What an operator sees of it. */
async function numbers() {
  const all = await sandboxdMetrics(host.url, client);
  return {
    living: sumOf(all, 'belowdeck_sandboxes', { state: 'claimed' }),
    max: sumOf(all, 'belowdeck_sandboxes_max'),
    queued: sumOf(all, 'belowdeck_queue_length'),
    waited: sumOf(all, 'belowdeck_queue_wait_seconds_count'),
    coldHandOvers: sumOf(all, 'belowdeck_sandbox_hand_over_seconds_count', { from: 'cold' }),
    started: sumOf(all, 'belowdeck_sandbox_start_seconds_count', { phase: 'all' }),
  };
}

/** From now on so many sandboxes may live, and none waits. */
async function only(maxSandboxes: number): Promise<void> {
  await setSandboxSettings(host, { pool: { maxSandboxes, poolMin: 0, poolMax: 0 } });
  await emptyPool(client);
}

describe('a sandbox host that is full', () => {
  it('lets learners wait in order, tells each the place, and gives a free one to the first', async () => {
    await only(2);
    const before = await numbers();
    const [one, two] = await Promise.all([claimSandbox(client), claimSandbox(client)]);
    const third = await claim('third');
    const fourth = await claim('fourth');
    expect(third).toMatchObject({ answer: 'queued', ticket: { position: 1, waiting: 1, basis: 'full' } });
    expect(fourth).toMatchObject({ answer: 'queued', ticket: { position: 2, waiting: 2, basis: 'full' } });
    await waitUntil('the places on /watch', () => placeOf('fourth')?.position === 2, 5_000);
    expect((await status()).queued).toBe(2);
    const full = await numbers();
    expect(full).toMatchObject({ living: 2, max: 2, queued: 2, waited: before.waited });
    // Nobody waits in the pool: both were started for who asked.
    expect([full.coldHandOvers - before.coldHandOvers, full.started - before.started]).toEqual([2, 2]);

    await client.call('sandbox.end', { sandboxId: one.id, reason: 'learner' });
    const given = await waitUntil('a sandbox for the third', () => livingOf('third'), patienceMs);
    expect((await host.asLearner(given.id, 'docker ps -q')).code).toBe(0);
    await waitUntil('the next place', () => placeOf('fourth')?.position === 1, 5_000);
    expect(await livingOf('fourth')).toBeNull();

    await client.call('queue.leave', { attemptId: 'fourth' });
    await client.call('sandbox.end', { sandboxId: two.id, reason: 'learner' });
    expect((await client.call('sandbox.of-attempt', { attemptId: 'fourth' })).ticket).toBeNull();
    expect((await status()).queued).toBe(0);
    expect(await numbers()).toMatchObject({ queued: 0, waited: before.waited + 1, started: before.started + 3 });
    await endAll(client);
  });

  it('keeps the queue over a restart of sandboxd', async () => {
    await only(1);
    const last = await claimSandbox(client);
    for (const id of ['early', 'late']) await claim(id);
    await host.inside(['sh', '-c', 'kill -9 $(pgrep -o -f "^[^ ]*node .*sandboxd/main.ts")']);
    await host.untilHealthy();
    const places = async () =>
      Promise.all(
        ['early', 'late'].map(async attemptId => {
          const { ticket } = await client.call('sandbox.of-attempt', { attemptId });
          return ticket?.position;
        }),
      );
    expect(await places()).toEqual([1, 2]);
    await client.call('sandbox.end', { sandboxId: last.id, reason: 'learner' });
    await waitUntil('a sandbox for who came first', () => livingOf('early'), patienceMs);
    await client.call('queue.leave', { attemptId: 'late' });
    await endAll(client);
  });
});

describe('many claims at once', () => {
  it('are answered at once, and all served, with no more starts at a time than set', async () => {
    await setSandboxSettings(host, { pool: { startsAtOnce: 2, poolMin: 1, poolMax: 1 } });
    await waitUntil('a warm one', async () => (await status()).warm > 0, patienceMs);
    const ids = Array.from({ length: 5 }, (_, i) => `crowd-${i}`);
    let most = 0;
    const counting = setInterval(
      () =>
        status().then(
          pool => {
            most = Math.max(most, pool.warming);
          },
          () => undefined,
        ),
      50,
    );
    const answers = await Promise.all(ids.map(id => claim(id)));
    // Which of them comes first is nobody's to say.
    expect(answers.filter(one => one.answer === 'sandbox').length).toBeGreaterThanOrEqual(1);
    expect(answers.filter(one => one.answer === 'queued').length).toBeGreaterThanOrEqual(2);
    for (const id of ids) await waitUntil(`a sandbox for ${id}`, () => livingOf(id), patienceMs);
    clearInterval(counting);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2);
    await endAll(client);
  });
});

describe('an announced class', () => {
  it('finds as many waiting, shows how many are ready, and ends by itself', async () => {
    await setSandboxSettings(host, { pool: { poolMin: 0, poolMax: 0 } });
    const announced = await client.call('pool.announce', { id: 'class', size: 3, label: 'Class', forMs: 600_000 });
    expect(announced).toMatchObject({ id: 'class', size: 3, arrived: 0 });
    const find = async () => (await status()).announced.find(one => one.id === 'class');
    await waitUntil('three ready', async () => (await find())?.ready === 3, patienceMs);
    await claimSandbox(client);
    expect(await find()).toMatchObject({ arrived: 1, ready: 2 });
    await client.call('pool.announce', { id: 'class', size: 3, label: 'Class', forMs: 1_000 });
    await waitUntil('its end', async () => (await find()) === undefined, 10_000);
    await waitUntil('those that nobody wants are gone', async () => (await status()).warm === 0, patienceMs);
    await endAll(client);
  });
});

describe('one sandbox per learner', () => {
  it('is held to by sandboxd, which moves it when the learner gives the other up', async () => {
    await setSandboxSettings(host, {});
    const ada = { ownerId: 'ada' };
    const first = await claimSandbox(client, { attemptId: 'ada-one', ...ada });
    expect(await claim('ada-two', ada)).toEqual({ answer: 'elsewhere', attempts: ['ada-one'] });
    const second = await claimSandbox(client, { attemptId: 'ada-two', ...ada, giveUp: ['ada-one'] });
    expect(second.id).not.toBe(first.id);
    const { ended } = await client.call('sandbox.get', { sandboxId: first.id });
    expect(ended?.reason).toBe('moved');
    await setSandboxSettings(host, { pool: { perLearner: 2 } });
    expect(await claim('ada-one', ada)).toMatchObject({ answer: expect.stringMatching(/sandbox|queued/) });
    await client.call('queue.leave', { attemptId: 'ada-one' });
    await endAll(client);
  });
});

describe('a reset', () => {
  it('hands over another sandbox while the old one is removed', async () => {
    await setSandboxSettings(host, {});
    const before = await claimSandbox(client, { attemptId: 'again' });
    const after = await claimSandbox(client, { attemptId: 'again', fresh: true });
    expect(after.id).not.toBe(before.id);
    expect((await host.asLearner(after.id, 'docker ps -q')).code).toBe(0);
    await untilEnded(client, before.id, patienceMs);
  });
});
