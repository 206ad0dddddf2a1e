import { describe, expect, it } from 'vitest';
import { createSandboxEnding } from './sandbox-ending.ts';
import { memoryEngine, memoryRegistry, recordOf, silentLog } from './testing/records.ts';

const id = 'aaaaaaaaaaaa';

function setUp() {
  const { registry } = memoryRegistry([recordOf(id, { attemptId: 'a' })]);
  const { engine, state } = memoryEngine([{ id, container: {} }]);
  const calls: string[] = [];
  const ending = createSandboxEnding({
    engine,
    registry,
    log: silentLog,
    endTerminals: async () => void calls.push(`terminals, ${registry.get(id).sandbox.state}`),
    thaw: () => {},
    onGone: () => calls.push(`gone, ${state.things.length} left`),
  });
  return { registry, state, calls, ending };
}

describe('ending a sandbox', () => {
  it('ends its shells first, then removes it, then calls it ended', async () => {
    const { ending, calls, registry } = setUp();
    const { sandbox } = await ending.end(id, 'learner', 'x');
    expect(sandbox).toMatchObject({ state: 'ended', attemptId: 'a', ended: { reason: 'learner', detail: 'x' } });
    expect(calls).toEqual(['terminals, stopping', 'gone, 0 left']);
    expect(registry.get(id).sandbox.state).toBe('ended');
  });

  it('is done once for all who ask, with the first one’s reason', async () => {
    const { ending, state } = setUp();
    const ends = await Promise.all([ending.end(id, 'idle', '1'), ending.end(id, 'admin', '2')]);
    ends.push(await ending.end(id, 'ttl', '3'));
    expect(ends.map(end => end.sandbox.ended?.reason)).toEqual(['idle', 'idle', 'idle']);
    expect(state.removed).toEqual([id]);
  });

  it('stays "stopping" when the engine fails, and can be asked for again', async () => {
    const { ending, state, registry } = setUp();
    state.broken = true;
    await expect(ending.end(id, 'idle', '')).rejects.toThrow('the engine is down');
    expect(registry.get(id).sandbox.state).toBe('stopping');
    state.broken = false;
    expect((await ending.end(id, 'admin', '')).sandbox).toMatchObject({ state: 'ended', ended: { reason: 'idle' } });
  });

  it('refuses a sandbox nobody knows', async () => {
    await expect(setUp().ending.end('bbbbbbbbbbbb', 'idle', '')).rejects.toMatchObject({ code: 'sandbox-not-found' });
  });
});
