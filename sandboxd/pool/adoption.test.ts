import { describe, expect, it } from 'vitest';
import { createAdoption } from './adoption.ts';
import { createSandboxEnding } from './sandbox-ending.ts';
import type { SandboxRecord } from './sandbox-record.ts';
import { memoryEngine, memoryRegistry, recordOf, silentLog } from './testing/records.ts';

function adoptionOf(record: SandboxRecord) {
  const { registry } = memoryRegistry([record]);
  const { engine, state } = memoryEngine([{ id: record.sandbox.id, container: {} }]);
  const ending = createSandboxEnding({
    engine,
    registry,
    log: silentLog,
    endTerminals: async () => {},
    thaw: () => {},
    onGone: () => {},
  });
  const done: string[] = [];
  const cgroups = { there: true };
  const adopt = createAdoption({
    registry,
    ending,
    wake: id => done.push(`wake ${id}`),
    delegate: async containerId => {
      if (!cgroups.there) throw new Error('no such cgroup');
      done.push(`delegate ${containerId}`);
    },
    follow: id => done.push(`follow ${id}`),
    prepareShell: id => done.push(`shell ${id}`),
  });
  return { adopt, done, registry, state, cgroups };
}

describe('adoption', () => {
  it('wakes a learner’s sandbox before it asks anything of it, once', async () => {
    const record = recordOf('aaaaaaaaaaaa', { attemptId: 'attempt', egress: true });
    const { adopt, done, state } = adoptionOf(record);
    expect(await adopt(record)).toBe(true);
    expect(await adopt(record)).toBe(false);
    expect(done).toEqual(['wake aaaaaaaaaaaa', 'delegate container-aaaaaaaaaaaa', 'follow aaaaaaaaaaaa']);
    expect(state.removed).toEqual([]);
  });

  it('gives one that waits in the pool a shell ahead of time', async () => {
    const record = recordOf('aaaaaaaaaaaa');
    const { adopt, done } = adoptionOf(record);
    expect(await adopt(record)).toBe(true);
    expect(done.at(-1)).toBe('shell aaaaaaaaaaaa');
  });

  it('leaves alone what this sandboxd made itself', async () => {
    const { adopt, done, registry, state } = adoptionOf(recordOf('aaaaaaaaaaaa'));
    expect(await adopt(registry.put(recordOf('bbbbbbbbbbbb', { egress: true })))).toBe(false);
    expect(done).toEqual([]);
    expect(state.removed).toEqual([]);
  });

  it('ends one with a way out that never reached its learner: neither pool nor lifetimes would', async () => {
    const record = recordOf('aaaaaaaaaaaa', { egress: true });
    const { adopt, done, registry, state } = adoptionOf(record);
    expect(await adopt(record)).toBe(false);
    expect(registry.get('aaaaaaaaaaaa').sandbox).toMatchObject({ state: 'ended', ended: { reason: 'replaced' } });
    expect(state.removed).toEqual(['aaaaaaaaaaaa']);
    expect(done).toEqual([]);
  });

  it('takes one over the next time whose cgroups were not there, and not before', async () => {
    const record = recordOf('aaaaaaaaaaaa', { attemptId: 'attempt' });
    const { adopt, done, cgroups } = adoptionOf(record);
    cgroups.there = false;
    await expect(adopt(record)).rejects.toThrow('no such cgroup');
    expect(done).toEqual(['wake aaaaaaaaaaaa']);
    cgroups.there = true;
    expect(await adopt(record)).toBe(true);
    expect(done.slice(-2)).toEqual(['delegate container-aaaaaaaaaaaa', 'follow aaaaaaaaaaaa']);
  });

  it('tries again to end one that could not be removed', async () => {
    const record = recordOf('aaaaaaaaaaaa', { egress: true });
    const { adopt, state } = adoptionOf(record);
    state.broken = true;
    await expect(adopt(record)).rejects.toThrow('the engine is down');
    state.broken = false;
    expect(await adopt(record)).toBe(false);
    expect(state.removed).toEqual(['aaaaaaaaaaaa']);
  });
});
