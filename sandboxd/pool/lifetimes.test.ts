import { describe, expect, it, vi } from 'vitest';
import { createLifetimes, dueEnd, duration } from './lifetimes.ts';
import { poolLimits } from './pool-limits.ts';
import { createSandboxEnding } from './sandbox-ending.ts';
import { memoryEngine, memoryRegistry, recordOf, silentLog } from './testing/records.ts';

const claimed = { attemptId: 'a', claimedAt: 1_000, activeAt: 1_000, expiresAt: 61_000, idleMs: 30_000 };

describe('dueEnd', () => {
  const record = recordOf('aaaaaaaaaaaa', claimed);
  it('lets live what is neither old nor idle', () => {
    expect(dueEnd(record, 30_999)).toBeNull();
  });
  it('ends the idle, with how long', () => {
    expect(dueEnd(record, 31_000)).toEqual({ reason: 'idle', detail: 'nobody used it for 30 s' });
  });
  it('ends what is used up, with how long it was, even when in use', () => {
    expect(dueEnd(recordOf('a', { ...claimed, activeAt: 60_999 }), 61_000)).toEqual({
      reason: 'ttl',
      detail: 'its lifetime of 1 min was used up',
    });
  });
  it('leaves alone what waits in the pool, starts, stops or has ended', () => {
    expect(dueEnd(recordOf('a', { ...claimed, attemptId: null }), 1e12)).toBeNull();
    for (const state of ['warming', 'stopping', 'ended'] as const)
      expect(dueEnd(recordOf('a', { ...claimed, state }), 1e12)).toBeNull();
  });
});

describe('duration', () => {
  it.each([
    [1_000, '1 s'],
    [59_000, '59 s'],
    [720_000, '12 min'],
    [7_200_000, '2 h'],
    [7_500_000, '2 h 5 min'],
  ])('%d ms', (ms, text) => expect(duration(ms)).toBe(text));
});

describe('the sweep', () => {
  function setUp(now: () => number) {
    const { registry } = memoryRegistry([
      recordOf('aaaaaaaaaaaa', claimed),
      recordOf('bbbbbbbbbbbb', { ...claimed, state: 'ended', ended: { reason: 'ttl', at: 0, detail: '' } }),
    ]);
    const { engine, state } = memoryEngine([{ id: 'aaaaaaaaaaaa', container: {} }]);
    const ending = createSandboxEnding({
      engine,
      registry,
      now,
      log: silentLog,
      endTerminals: async () => {},
      thaw: () => {},
      onGone: () => {},
    });
    return { registry, state, lifetimes: createLifetimes({ registry, ending, now, log: silentLog }) };
  }

  it('ends what is due and forgets what ended long ago', async () => {
    const { registry, lifetimes } = setUp(() => poolLimits.keepEndedMs + 1);
    await lifetimes.sweep();
    expect(registry.find('bbbbbbbbbbbb')).toBeUndefined();
    expect(registry.get('aaaaaaaaaaaa').sandbox).toMatchObject({ state: 'ended', ended: { reason: 'ttl' } });
  });

  it('tries a removal that failed again, and keeps its reason', async () => {
    let now = 31_000;
    const { registry, state, lifetimes } = setUp(() => now);
    state.broken = true;
    await lifetimes.sweep();
    expect(registry.get('aaaaaaaaaaaa').sandbox.state).toBe('stopping');
    state.broken = false;
    now = 100_000;
    await lifetimes.sweep();
    expect(registry.get('aaaaaaaaaaaa').sandbox).toMatchObject({
      state: 'ended',
      ended: { reason: 'idle', at: 31_000 },
    });
    expect(state.removed).toEqual(['aaaaaaaaaaaa']);
  });

  it('ends others in time while one removal does not come to its end, which is asked for once', async () => {
    vi.useFakeTimers();
    let now = 31_000;
    const { registry } = memoryRegistry([
      recordOf('aaaaaaaaaaaa', claimed),
      recordOf('bbbbbbbbbbbb', { ...claimed, activeAt: 10_000 }),
    ]);
    const asked: string[] = [];
    const lifetimes = createLifetimes({
      registry,
      ending: {
        end: id => {
          asked.push(id);
          return new Promise(() => {});
        },
      },
      now: () => now,
      log: silentLog,
    });
    lifetimes.start();
    vi.advanceTimersByTime(poolLimits.sweepMs);
    expect(asked).toEqual(['aaaaaaaaaaaa']);
    now = 41_000;
    await vi.advanceTimersByTimeAsync(2 * poolLimits.sweepMs);
    expect(asked).toEqual(['aaaaaaaaaaaa', 'bbbbbbbbbbbb']);
    lifetimes.stop();
    vi.useRealTimers();
  });
});
