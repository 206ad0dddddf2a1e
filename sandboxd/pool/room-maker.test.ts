import { describe, expect, it } from 'vitest';
import { roomFor } from './capacity.ts';
import { poolLimits } from './pool-limits.ts';
import { createRoomMaker } from './room-maker.ts';
import type { SandboxEnding } from './sandbox-ending.ts';
import { isLiving } from './sandbox-record.ts';
import { memoryRegistry, recordOf } from './testing/records.ts';

const MiB = 1024 * 1024;

/** So many wait, on a machine that holds `max` and has `free` beside them; each gives its memory back when it is gone. */
function setUp({ waiting = 3, max = 10, free = 8_192 * MiB }) {
  const ids = Array.from({ length: waiting }, (_, index) => String(index + 1).padStart(12, '0'));
  const { registry } = memoryRegistry(ids.map((id, index) => recordOf(id, { createdAt: index })));
  const state = { now: 1_000, free, max };
  const ending: SandboxEnding = {
    end: async (id, reason, detail) =>
      registry.update(id, { state: 'stopping', ended: { reason, at: state.now, detail } }),
  };
  const living = () => registry.all().filter(isLiving);
  const makeRoom = createRoomMaker({
    registry,
    ending,
    waiting: living,
    room: () => roomFor({ living: living().length, maxSandboxes: state.max, freeBytes: state.free }),
    now: () => state.now,
  });
  const gone = () => {
    for (const { sandbox } of registry.all().filter(each => each.sandbox.state === 'stopping')) {
      registry.update(sandbox.id, { state: 'ended' });
      state.free += poolLimits.idleMemory;
    }
  };
  return { makeRoom, gone, state, living };
}

const shortBy = (sandboxes: number) => poolLimits.freeMemoryForOne - sandboxes * poolLimits.idleMemory;

describe('waiting sandboxes', () => {
  it('give way at once when the number of sandboxes is short, the one that waits longest first', () => {
    const { makeRoom, living } = setUp({ max: 3 });
    expect(makeRoom(0)).toBe(true);
    expect(living().map(({ sandbox }) => sandbox.id)).toEqual(['000000000002', '000000000003']);
  });

  it('make no room of what those in front wait for', () => {
    const { makeRoom, living } = setUp({ max: 4 });
    expect([makeRoom(0), makeRoom(1)]).toEqual([true, false]);
    expect(living()).toHaveLength(3);
  });

  it('give way when memory is short, as many as it takes, and it is there when they are gone', () => {
    const { makeRoom, gone, living } = setUp({ free: shortBy(2) });
    expect(makeRoom(0)).toBe(false);
    expect(living()).toHaveLength(1);
    gone();
    expect(makeRoom(0)).toBe(true);
    expect(living()).toHaveLength(1);
  });

  it('stay while the memory of others comes back, unless that takes too long', () => {
    const { makeRoom, state, living } = setUp({ free: shortBy(1) });
    makeRoom(0);
    makeRoom(0);
    expect(living()).toHaveLength(2);
    state.now += poolLimits.removalMs;
    makeRoom(0);
    expect(living()).toHaveLength(1);
  });

  it('stay when all of them would not do', () => {
    const byMemory = setUp({ free: shortBy(4) });
    expect([byMemory.makeRoom(0), byMemory.living().length]).toEqual([false, 3]);
    const byNumber = setUp({ max: 0 });
    expect([byNumber.makeRoom(0), byNumber.living().length]).toEqual([false, 3]);
  });

  it('do not let a learner in by number when there is no memory for him', () => {
    const { makeRoom, gone } = setUp({ max: 3, free: shortBy(1) });
    expect(makeRoom(0)).toBe(false);
    gone();
    expect(makeRoom(0)).toBe(true);
  });
});
