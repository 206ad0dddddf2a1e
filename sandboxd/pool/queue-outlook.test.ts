import { expect, it } from 'vitest';
import type { Waiter } from './queue.ts';
import { latestEnds, type Outlook, ticketsOf } from './queue-outlook.ts';
import { recordOf } from './testing/records.ts';

const waiters = ['a', 'b', 'c', 'd', 'e', 'f'].map(
  (attemptId): Waiter => ({ attemptId, ownerId: null, egress: false, ttlMs: 1, idleMs: 1, since: 7 }),
);

const outlook: Outlook = {
  now: 0,
  ready: true,
  starting: 2,
  own: new Set(),
  startsAtOnce: 2,
  startMs: 1_500,
  places: 2,
  shortOf: 'full',
  ends: [90_000],
};

it('tells everybody a true place, what it depends on, and when it can be known', () => {
  const tickets = ticketsOf(waiters, outlook);
  expect(tickets.map(({ position, basis, turnAt }) => [position, basis, turnAt])).toEqual([
    [1, 'starting', 2_000],
    [2, 'starting', 2_000],
    [3, 'starts', 3_000],
    [4, 'starts', 3_000],
    [5, 'full', 90_000],
    [6, 'full', null],
  ]);
  expect(tickets[0]).toMatchObject({ attemptId: 'a', waiting: 6, since: 7 });
});

it('promises nothing while no sandbox is given to anybody', () => {
  const tickets = ticketsOf(waiters, { ...outlook, ready: false });
  expect(new Set(tickets.map(({ basis, turnAt }) => `${basis} ${turnAt}`))).toEqual(new Set(['host null']));
});

it('tells nobody that his sandbox is being started when it is somebody else’s', () => {
  const mixed = waiters.map(waiter => ({ ...waiter, egress: 'bd'.includes(waiter.attemptId) }));
  const tickets = ticketsOf(mixed, { ...outlook, startsAtOnce: 4, places: 1, own: new Set(['d']) });
  expect(tickets.map(({ attemptId, basis }) => `${attemptId} ${basis}`)).toEqual([
    'a starting',
    'b starts',
    'c full',
    'd starting',
    'e full',
    'f full',
  ]);
});

it('knows when those in use end at the latest', () => {
  const sandboxes = [
    recordOf('1', { attemptId: 'x', expiresAt: 900 }),
    recordOf('2', { attemptId: 'y', expiresAt: 300 }),
    recordOf('3'),
  ].map(record => record.sandbox);
  expect(latestEnds(sandboxes)).toEqual([300, 900]);
});
