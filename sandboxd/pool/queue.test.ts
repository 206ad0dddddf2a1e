import { describe, expect, it } from 'vitest';
import { poolLimits } from './pool-limits.ts';
import { createQueue, type Waiter } from './queue.ts';
import { memoryFile } from './testing/memory-file.ts';

const waiter = (attemptId: string): Waiter => ({
  attemptId,
  ownerId: null,
  egress: false,
  ttlMs: 1,
  idleMs: 1,
  since: 0,
});

function setUp() {
  const clock = { now: 0, changes: 0 };
  const file = memoryFile<Waiter[]>();
  const make = () =>
    createQueue({
      file,
      now: () => clock.now,
      onChange: () => {
        clock.changes++;
      },
      onBroken: error => {
        throw error;
      },
    });
  const queue = make();
  return { clock, queue, make, ids: () => queue.all().map(each => each.attemptId) };
}

describe('the queue', () => {
  it('is first come, first served; joining again changes nothing', () => {
    const { queue, ids, clock } = setUp();
    for (const id of ['a', 'b', 'c', 'a']) queue.join(waiter(id), false);
    expect([ids(), clock.changes]).toEqual([['a', 'b', 'c'], 3]);
    queue.join(waiter('reset'), true);
    queue.remove('b');
    queue.remove('b');
    expect(ids()).toEqual(['reset', 'a', 'c']);
  });

  it('forgets those of whom nobody says that they wait', () => {
    const { queue, ids, clock } = setUp();
    for (const id of ['here', 'gone']) queue.join(waiter(id), false);
    clock.now = poolLimits.keepPlaceMs - 1;
    queue.keep(['here', 'never-was']);
    clock.now++;
    expect(queue.expire().map(each => each.attemptId)).toEqual(['gone']);
    expect(ids()).toEqual(['here']);
  });

  it('is the same after a restart, and everybody has time to come back', () => {
    const { queue, make, clock } = setUp();
    for (const id of ['a', 'b']) queue.join(waiter(id), false);
    clock.now = 10 * poolLimits.keepPlaceMs;
    const next = make();
    expect([next.expire(), next.all().map(each => each.attemptId)]).toEqual([[], ['a', 'b']]);
  });
});
