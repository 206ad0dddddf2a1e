import { expect, it, vi } from 'vitest';
import { attemptLimits } from '#domain/attempt/attempt-limits.ts';
import type { QueueTicket } from '#domain/protocol/claim.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import type { LiveAttempt } from './live-attempt.ts';
import { QueueKeeper } from './queue-keeper.ts';

const ticket: QueueTicket = { attemptId: 'a', position: 1, waiting: 1, since: 1, basis: 'full', turnAt: null };

it('gives a page that left the same time to come back, each time its learner waits', async () => {
  const clock = { now: 0 };
  const call = vi.fn(async () => ({}));
  const deps = { now: () => clock.now, sandboxd: { reachable: true, call }, log: {} } as unknown as AttemptDeps;
  const live = { id: 'a', ticket, watched: false, publish: () => {} } as unknown as LiveAttempt & { watched: boolean };
  const keeper = new QueueKeeper(deps, async () => [live]);
  await keeper.beat();
  // Its sandbox came; an hour later it waits for another one, and its page is being loaded again.
  live.ticket = null;
  await keeper.beat();
  clock.now = 3_600_000;
  live.ticket = ticket;
  await keeper.beat();
  expect(call).not.toHaveBeenCalled();
  clock.now += attemptLimits.leaveQueueAfterMs;
  await keeper.beat();
  expect(call).toHaveBeenCalledExactlyOnceWith('queue.leave', { attemptId: 'a' });
  keeper.stop();
});
