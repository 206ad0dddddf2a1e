import { describe, expect, it } from 'vitest';
import type { FenceAction } from '#domain/protocol/fence.ts';
import { defaultLimits } from '#domain/protocol/limits.ts';
import { fenceLimits } from './fence-limits.ts';
import { createWatchedSandbox, type FenceReading } from './watched-sandbox.ts';

const calm: FenceReading = {
  counters: {
    ooms: 0,
    killsForOthers: 0,
    memoryBytes: 50e6,
    pids: 60,
    forksRefused: 0,
    periods: 0,
    throttled: 0,
    cpuMs: 0,
  },
  volume: { bytes: 1e6, inodes: 200 },
  census: { cgroups: 4, depth: 1, over: [] },
  cgroupsPerSecond: 0,
};
const counted = (counters: Partial<FenceReading['counters']>) => ({
  ...calm,
  counters: { ...calm.counters, ...counters },
});

function watch() {
  const clock = { now: 1_000_000 };
  const told: FenceAction[] = [];
  const sandbox = createWatchedSandbox({
    sandboxId: 'abcdef012345',
    limits: defaultLimits,
    tell: action => told.push(action),
    now: () => clock.now,
  });
  const look = (reading: FenceReading) => {
    sandbox.look(reading);
    clock.now += fenceLimits.sweepMs;
  };
  return {
    clock,
    told,
    sandbox,
    look,
    fences: () => told.map(({ fence, measured, limit }) => [fence, measured, limit]),
  };
}

describe('a sandbox', () => {
  it('at work is nothing to tell about', () => {
    const { look, told } = watch();
    for (let second = 1; second < 60; second++)
      look(counted({ periods: second * 10, throttled: second * 3, cpuMs: second * 900 }));
    expect(told).toEqual([]);
  });

  it('that came with old counts has done nothing since', () => {
    const { look, told, sandbox } = watch();
    look(counted({ ooms: 7, forksRefused: 9 }));
    look(counted({ ooms: 7, forksRefused: 9 }));
    expect(told).toEqual([]);
    expect(sandbox.oomAt).toBeNull();
  });

  it('in which the kernel ended something though no limit was reached', () => {
    const { look, fences, sandbox } = watch();
    look(counted({ killsForOthers: -3 }));
    // A limit was reached, and a process ended for it.
    look(counted({ killsForOthers: -3, ooms: 1 }));
    look(counted({ killsForOthers: -2, ooms: 1 }));
    expect(fences().map(([fence]) => fence)).toEqual(['memory', 'host-memory']);
    expect(fences()[1]).toEqual(['host-memory', 50e6, defaultLimits.memoryBytes]);
    expect(sandbox.oomAt).not.toBeNull();
  });

  it('of which the engine says that a process was ended for others', () => {
    const { sandbox, fences } = watch();
    sandbox.told('host-memory', 50e6);
    expect(fences()).toEqual([['host-memory', 50e6, defaultLimits.memoryBytes]]);
    expect(sandbox.oomAt).toBeNull();
  });

  it('at its memory limit', () => {
    const { look, fences, sandbox, clock } = watch();
    look(calm);
    look(counted({ ooms: 1, memoryBytes: defaultLimits.memoryBytes + 4096 }));
    expect(fences()).toEqual([['memory', defaultLimits.memoryBytes, defaultLimits.memoryBytes]]);
    expect(sandbox.oomAt).toBe(clock.now - fenceLimits.sweepMs);
  });

  it('at its memory limit, by the word of the engine', () => {
    const { sandbox, fences } = watch();
    sandbox.told('memory', defaultLimits.memoryBytes);
    expect(fences()).toEqual([['memory', defaultLimits.memoryBytes, defaultLimits.memoryBytes]]);
  });

  it('full of processes, seen at a look or by a refused fork between two', () => {
    const full = watch();
    full.look(counted({ pids: 1024 }));
    expect(full.fences()).toEqual([['pids', 1024, 1024]]);
    const between = watch();
    between.look(calm);
    between.look(counted({ pids: 300, forksRefused: 12 }));
    expect(between.fences()).toEqual([['pids', 300, 1024]]);
  });

  it('with a full disk, once until there was room again', () => {
    const { look, fences } = watch();
    const used = (share: number) => look({ ...calm, volume: { bytes: defaultLimits.diskBytes * share, inodes: 1 } });
    for (const share of [0.97, 0.985, 1, 0.95, 1]) used(share);
    for (let second = 0; second < 120; second++) used(0.95);
    expect(fences()).toEqual([['disk', defaultLimits.diskBytes * 0.985, defaultLimits.diskBytes]]);
    for (let second = 0; second < 120; second++) used(0.5);
    used(0.99);
    expect(fences()).toHaveLength(2);
  });

  it('with as many files as it may have', () => {
    const { look, fences } = watch();
    look({ ...calm, volume: { bytes: 1, inodes: 200_000 } });
    expect(fences()).toEqual([['inodes', 200_000, 200_000]]);
  });

  it('held back on the processor for most of a while, not for a moment', () => {
    const { look, fences } = watch();
    for (let second = 0; second < 10; second++) look(counted({ periods: second * 10, throttled: second * 10 }));
    expect(fences()).toEqual([]);
    for (let second = 10; second < 40; second++)
      look(counted({ periods: second * 10, throttled: second * 10, cpuMs: second * 1_500 }));
    const [[fence, measured, limit] = []] = fences();
    expect([fence, limit]).toEqual(['cpu', 1.5]);
    expect(measured).toBeGreaterThan(1.4);
    expect(fences()).toHaveLength(1);
  });

  it('with too many cgroups, or too deep ones', () => {
    const { look, fences } = watch();
    look({ ...calm, census: { cgroups: 17_000, depth: 1, over: ['/x'] } });
    look({ ...calm, census: { cgroups: 9, depth: 9, over: ['/x'] } });
    expect(fences()).toEqual([
      ['cgroups', 17_000, 400],
      ['cgroup-depth', 9, 8],
    ]);
  });

  it('that makes cgroups too fast, and goes on doing so', () => {
    const { look, fences } = watch();
    for (let second = 0; second < 5; second++) look({ ...calm, cgroupsPerSecond: 12_000 });
    expect(fences()).toEqual([['cgroup-rate', 12_000, 500]]);
  });

  it('whose disk cannot be asked is looked at all the same', () => {
    const { look, fences } = watch();
    look({ ...counted({ pids: 1024 }), volume: null });
    expect(fences()).toHaveLength(1);
  });
});
