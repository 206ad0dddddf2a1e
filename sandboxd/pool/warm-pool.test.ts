import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CodedError } from '#domain/protocol/errors.ts';
import { createClaims } from './claims.ts';
import type { SandboxStarter } from './sandbox-starter.ts';
import { memoryRegistry, recordOf, silentLog } from './testing/records.ts';
import { createWarmPool, type WarmPool } from './warm-pool.ts';

/** A pool over a starter that takes 20 ms, to force the races between filling and claiming. */
function setUp(options: { target?: number; room?: () => boolean; fail?: () => boolean; refillAfterMs?: number } = {}) {
  const { registry } = memoryRegistry();
  const state = { starts: 0, atOnce: 0, most: 0, ready: [] as string[] };
  const starter: SandboxStarter = {
    delegate: async () => {},
    isStarting: () => false,
    async start({ egress }) {
      const id = String(++state.starts).padStart(12, '0');
      state.most = Math.max(state.most, ++state.atOnce);
      registry.put(recordOf(id, { state: 'warming', egress, createdAt: state.starts }));
      await pause(20);
      state.atOnce--;
      if (options.fail?.()) {
        registry.forget(id);
        throw new CodedError('sandbox-start-failed', 'no');
      }
      return registry.update(id, { state: 'ready' });
    },
  };
  const hasRoom = options.room ?? (() => true);
  const pool: WarmPool = createWarmPool({
    target: options.target ?? 2,
    registry,
    starter,
    hasRoom,
    isBusy: () => claims.isStarting(),
    onReady: record => state.ready.push(record.sandbox.id),
    log: silentLog,
  });
  const claims = createClaims({
    registry,
    pool: () => pool,
    starter,
    assertRoom: () => {
      if (!hasRoom()) throw new CodedError('no-capacity', 'full');
    },
    onClaimed: () => {},
    refillAfterMs: options.refillAfterMs ?? 0,
    log: silentLog,
  });
  const claim = (attemptId: string, egress = false) => claims.claim({ attemptId, egress, ttlMs: 1000, idleMs: 500 });
  return { registry, pool, claims, claim, state };
}

describe('the warm pool', () => {
  it('fills to its target, one at a time, and no further', async () => {
    const { pool, state } = setUp();
    for (let i = 0; i < 10; i++) pool.fill();
    await pause(120);
    expect(pool.status()).toEqual({ warm: 2, warming: 0, target: 2 });
    expect(state).toMatchObject({ starts: 2, most: 1, ready: ['000000000001', '000000000002'] });
  });

  it('starts nothing without room, and pauses after a failure', async () => {
    const full = setUp({ room: () => false });
    full.pool.fill();
    const failing = setUp({ fail: () => true });
    failing.pool.fill();
    await pause(100);
    failing.pool.fill();
    await pause(50);
    expect([full.state.starts, failing.state.starts]).toEqual([0, 1]);
    failing.pool.stop();
  });
});

describe('a claim', () => {
  it('takes the oldest warm one, which is then replaced', async () => {
    const { pool, claim, state } = setUp();
    pool.fill();
    await pause(80);
    expect((await claim('a')).id).toBe('000000000001');
    await pause(60);
    expect(state.starts).toBe(3);
    expect(pool.status().warm).toBe(2);
  });

  it('is replaced only after a while, in which the page of its learner loads', async () => {
    const { pool, claim, state } = setUp({ refillAfterMs: 60 });
    pool.fill();
    await pause(80);
    await claim('a');
    await pause(30);
    expect(state.starts).toBe(2);
    await pause(90);
    expect(state.starts).toBe(3);
  });

  it('waits for the one that is about to be ready rather than starting another', async () => {
    const { pool, claim, state } = setUp({ target: 1 });
    pool.fill();
    expect((await claim('a')).id).toBe('000000000001');
    expect(state.ready).toEqual([]);
  });

  it('never hands one sandbox to two attempts, nor two to one attempt', async () => {
    const { pool, registry, claim } = setUp();
    pool.fill();
    await pause(30);
    const claims = await Promise.all(['a', 'b', 'c', 'a', 'd', 'b'].map(attempt => claim(attempt)));
    const byAttempt = new Map(claims.map(sandbox => [sandbox.attemptId, sandbox.id]));
    expect(byAttempt.size).toBe(4);
    expect(new Set(byAttempt.values()).size).toBe(4);
    expect(new Set(claims.map(sandbox => sandbox.id)).size).toBe(4);
    for (const [attempt, id] of byAttempt) expect(registry.get(id).sandbox.attemptId).toBe(attempt);
  });

  it('with egress gets a sandbox of its own, never a waiting one', async () => {
    const { pool, claim } = setUp();
    pool.fill();
    await pause(80);
    const sandbox = await claim('a', true);
    expect([sandbox.egress, sandbox.id]).toEqual([true, '000000000003']);
  });

  it('says so when there is no room, and takes a waiting one even then', async () => {
    let room = true;
    const { pool, claim } = setUp({ target: 1, room: () => room });
    pool.fill();
    await pause(40);
    room = false;
    expect((await claim('a')).id).toBe('000000000001');
    await expect(claim('b')).rejects.toMatchObject({ code: 'no-capacity' });
    room = true;
    expect((await claim('b')).attemptId).toBe('b');
  });

  it('sets the times of the hand-over', async () => {
    const { claim } = setUp();
    const sandbox = await claim('a');
    expect((sandbox.expiresAt ?? 0) - (sandbox.claimedAt ?? 0)).toBe(1000);
    expect(sandbox.idleMs).toBe(500);
  });
});
