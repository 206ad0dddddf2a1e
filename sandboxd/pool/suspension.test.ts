import { describe, expect, it } from 'vitest';
import { poolLimits } from './pool-limits.ts';
import { createSuspension } from './suspension.ts';
import { memoryRegistry, recordOf, silentLog } from './testing/records.ts';

const after = 3 * 60_000;

/** Cgroups that remember; `cpuMs` is what the test says. */
function setUp() {
  const state = {
    now: 1_000_000,
    cpuMs: 0 as number | null,
    frozen: new Set<string>(),
    reclaimed: 0,
    ends: 0,
    broken: false,
  };
  const { registry, saved } = memoryRegistry([recordOf('a', { attemptId: 'x' }), recordOf('warm')]);
  const suspension = createSuspension({
    registry,
    cgroups: {
      pathOf: id => `/${id}`,
      freeze: path => {
        if (state.broken) throw new Error('no freezer');
        state.frozen.add(path);
      },
      thaw: path => void state.frozen.delete(path),
      reclaim: async () => ++state.reclaimed,
      endReclaim: () => {
        state.ends++;
      },
      cpuMs: () => state.cpuMs,
    },
    afterMs: () => after,
    now: () => state.now,
    log: silentLog,
  });
  /** Lets time go by as the sweep sees it; `cpu` milliseconds are used in each second. */
  const pass = (ms: number, cpu = 1) => {
    for (const end = state.now + ms; state.now < end; state.now += 1_000) {
      if (state.cpuMs !== null) state.cpuMs += cpu;
      suspension.sweep();
    }
  };
  return { suspension, registry, saved, state, pass, suspendedAt: () => registry.get('a').sandbox.suspendedAt };
}

describe('a sandbox that nobody uses', () => {
  it('is frozen when it did nothing for the whole time, and wakes at the first key', () => {
    const { suspension, saved, state, pass, suspendedAt } = setUp();
    pass(after - 5_000);
    expect(suspendedAt()).toBeNull();
    pass(poolLimits.cpuSampleMs + 10_000);
    expect(suspendedAt()).not.toBeNull();
    expect([[...state.frozen], state.reclaimed]).toEqual([['/container-a'], 1]);
    expect(saved.get('a')?.sandbox.suspendedAt).toBe(suspendedAt());
    suspension.seen('a');
    expect([suspendedAt(), state.frozen.size]).toEqual([null, 0]);
    pass(after - 5_000);
    expect(suspendedAt()).toBeNull();
  });

  it('stays awake while somebody types or looks, or something in it works', () => {
    const { suspension, pass, suspendedAt } = setUp();
    for (let i = 0; i < 10; i++) {
      pass(60_000);
      suspension.seen('a');
    }
    pass(5 * after, 1_000 * poolLimits.idleCpuShare * 2);
    expect(suspendedAt()).toBeNull();
    pass(after + poolLimits.cpuSampleMs + 10_000);
    expect(suspendedAt()).not.toBeNull();
  });

  it('stays awake when its work cannot be measured', () => {
    const { state, pass, suspendedAt } = setUp();
    state.cpuMs = null;
    pass(3 * after);
    expect(suspendedAt()).toBeNull();
  });

  it('is awake for whoever looks into it, and not frozen meanwhile', async () => {
    const { suspension, pass, suspendedAt } = setUp();
    suspension.suspend('a');
    let seenAs: number | null = 1;
    await suspension.during('a', async () => {
      pass(2 * after);
      seenAs = suspendedAt();
    });
    expect(seenAs).toBeNull();
    pass(1_000);
    expect(suspendedAt()).not.toBeNull();
  });

  it('that wakes while memory is taken from it gets back what was changed for its sleep', async () => {
    const { suspension, state } = setUp();
    suspension.suspend('a');
    suspension.seen('a');
    const before = state.ends;
    await new Promise(resolve => setTimeout(resolve, 10));
    expect([before, state.ends]).toEqual([1, 2]);
  });

  it('goes on when it cannot be frozen, and says so in its record', () => {
    const { state, pass, suspendedAt } = setUp();
    state.broken = true;
    pass(after + 60_000);
    expect(suspendedAt()).toBeNull();
  });

  it('of the pool is left alone', () => {
    const { registry, pass } = setUp();
    pass(3 * after);
    expect(registry.get('warm').sandbox.suspendedAt).toBeNull();
  });
});
