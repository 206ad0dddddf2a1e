import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { memoryRegistry, silentLog } from './testing/records.ts';
import { slowStarter } from './testing/slow-starter.ts';
import { createWarmPool, type Wanted } from './warm-pool.ts';

function setUp(options: { wanted?: Partial<Wanted>; room?: () => boolean; fail?: () => boolean } = {}) {
  const { registry } = memoryRegistry();
  const { starter, state } = slowStarter(registry, options.fail);
  const wanted: Wanted = { people: 0, target: 2, atOnce: 1, ...options.wanted };
  const ready: string[] = [];
  const failed: unknown[] = [];
  const pool = createWarmPool({
    wanted: () => wanted,
    registry,
    starter,
    hasRoom: options.room ?? (() => true),
    onReady: record => ready.push(record.sandbox.id),
    onFailed: error => {
      failed.push(error);
      return wanted.people > failed.length;
    },
    log: silentLog,
  });
  return { registry, pool, state, ready, wanted, failed };
}

describe('the warm pool', () => {
  it('fills to its target, one at a time, and no further', async () => {
    const { pool, state, ready } = setUp();
    for (let i = 0; i < 10; i++) pool.fill();
    await pause(120);
    expect(pool.status()).toEqual({ warm: 2, warming: 0, target: 2 });
    expect(state).toMatchObject({ starts: 2, most: 1 });
    expect(ready).toEqual(['000000000001', '000000000002']);
  });

  it('starts for each who waits besides, and never more at once than allowed', async () => {
    const { pool, state } = setUp({ wanted: { people: 7, target: 2, atOnce: 3 } });
    pool.fill();
    await pause(200);
    expect(state).toMatchObject({ starts: 9, most: 3 });
  });

  it('starts nothing without room', async () => {
    const { pool, state } = setUp({ room: () => false });
    pool.fill();
    await pause(50);
    expect(state.starts).toBe(0);
  });

  it('pauses after a failure, unless somebody waits', async () => {
    const quiet = setUp({ fail: () => true });
    quiet.pool.fill();
    await pause(100);
    quiet.pool.fill();
    const wanted = setUp({ fail: () => true, wanted: { people: 3, target: 0 } });
    wanted.pool.fill();
    await pause(150);
    expect([quiet.state.starts, wanted.state.starts]).toEqual([1, 3]);
    // Somebody comes during the pause.
    quiet.wanted.people = 1;
    quiet.pool.fill();
    await pause(100);
    expect(quiet.state.starts).toBe(2);
    quiet.pool.stop();
    wanted.pool.stop();
  });

  it('gives the one that waits longest, and names those beyond the target', async () => {
    const { pool, wanted } = setUp({ wanted: { target: 3 } });
    pool.fill();
    await pause(150);
    expect(pool.take()?.sandbox.id).toBe('000000000001');
    wanted.target = 1;
    expect(pool.surplus().map(record => record.sandbox.id)).toEqual(['000000000002', '000000000003']);
    wanted.people = 1;
    expect(pool.surplus()).toEqual([]);
  });
});
