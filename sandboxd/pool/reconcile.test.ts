import { beforeEach, describe, expect, it } from 'vitest';
import { startTicksOf } from '../host/read-process.ts';
import { reconcile } from './reconcile.ts';
import { createSandboxEnding } from './sandbox-ending.ts';
import type { SandboxRecord } from './sandbox-record.ts';
import { memoryEngine, memoryRegistry, recordOf, silentLog } from './testing/records.ts';

/** The init of a "running" sandbox is this very process, so that its start time is real. */
const init = { pid: process.pid, startTicks: startTicksOf(process.pid) ?? 0 };
const running = (id: string, state: SandboxRecord['sandbox']['state'] = 'ready') => ({
  ...recordOf(id, { state }),
  init,
});

let adopted: string[];
beforeEach(() => {
  adopted = [];
});

async function run(
  records: SandboxRecord[],
  things: Parameters<typeof memoryEngine>[0],
  starting: string[] = [],
  stuck = '',
) {
  const { registry } = memoryRegistry(records);
  const { engine, state } = memoryEngine(things);
  state.stuck = stuck;
  const ending = createSandboxEnding({
    engine,
    registry,
    log: silentLog,
    endTerminals: async () => {},
    thaw: () => {},
    onGone: () => {},
  });
  await reconcile({
    engine,
    registry,
    ending,
    log: silentLog,
    thaw: () => {},
    isStarting: id => starting.includes(id),
    adopt: async record => {
      if (record.sandbox.id === stuck) throw new Error('its cgroups are not there');
      adopted.push(record.sandbox.id);
      return true;
    },
  });
  return { registry, left: state.things.map(thing => thing.id) };
}

describe('reconcile', () => {
  it('adopts what runs and has a record', async () => {
    const { registry, left } = await run([running('aaaaaaaaaaaa')], [{ id: 'aaaaaaaaaaaa', container: {} }]);
    expect(adopted).toEqual(['aaaaaaaaaaaa']);
    expect(left).toEqual(['aaaaaaaaaaaa']);
    expect(registry.get('aaaaaaaaaaaa').sandbox.state).toBe('ready');
  });

  it.each([
    ['has no container', undefined, /container is gone/],
    ['has stopped', { running: false, pid: null }, /did not survive/],
    ['was started anew by somebody', { pid: 1 }, /did not survive/],
  ])('ends what %s, and says so', async (_, container, detail) => {
    const { registry } = await run([running('aaaaaaaaaaaa')], container ? [{ id: 'aaaaaaaaaaaa', container }] : []);
    const { ended } = registry.get('aaaaaaaaaaaa').sandbox;
    expect(ended?.reason).toBe('host-lost');
    expect(ended?.detail).toMatch(detail);
    expect(adopted).toEqual([]);
  });

  it('ends a start that a restart cut off, but not one under way', async () => {
    const records = [running('aaaaaaaaaaaa', 'warming'), running('bbbbbbbbbbbb', 'warming')];
    const things = records.map(record => ({ id: record.sandbox.id, container: {} }));
    const { registry, left } = await run(records, things, ['bbbbbbbbbbbb']);
    expect(registry.get('aaaaaaaaaaaa').sandbox.state).toBe('ended');
    expect(left).toEqual(['bbbbbbbbbbbb']);
  });

  it('finishes a removal that was begun, with the reason it had', async () => {
    const record = running('aaaaaaaaaaaa', 'stopping');
    record.sandbox.ended = { reason: 'learner', at: 5, detail: 'x' };
    const { registry, left } = await run([record], [{ id: 'aaaaaaaaaaaa' }]);
    expect(registry.get('aaaaaaaaaaaa').sandbox).toMatchObject({ state: 'ended', ended: { reason: 'learner', at: 5 } });
    expect(left).toEqual([]);
  });

  it('removes what nobody remembers and what is left of the ended', async () => {
    const ended = running('bbbbbbbbbbbb', 'ended');
    const { left } = await run([ended], [{ id: 'aaaaaaaaaaaa', container: {} }, { id: 'bbbbbbbbbbbb' }]);
    expect(left).toEqual([]);
  });

  it.each([
    ['be adopted', 'ready', {}],
    ['be removed', 'stopping', undefined],
    ['be removed as lost', 'ready', undefined],
  ] as const)('goes on with the others when one cannot %s', async (_, state, container) => {
    const records = [running('aaaaaaaaaaaa', state), running('bbbbbbbbbbbb'), running('cccccccccccc', 'stopping')];
    const things = [
      { id: 'aaaaaaaaaaaa', container },
      { id: 'bbbbbbbbbbbb', container: {} },
      { id: 'cccccccccccc' },
      { id: 'dddddddddddd' },
    ];
    const { left } = await run(records, things, [], 'aaaaaaaaaaaa');
    expect(adopted).toEqual(['bbbbbbbbbbbb']);
    expect(left).toEqual(['aaaaaaaaaaaa', 'bbbbbbbbbbbb']);
  });
});
