import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SandboxEngine } from '../engine/sandbox-engine.ts';
import { createEngineWatch } from './engine-watch.ts';
import { poolLimits } from './pool-limits.ts';
import { silentLog } from './testing/records.ts';

/** An engine whose event stream is opened and cut by the test. */
function engine() {
  const state = { rounds: 0, cut: () => {} };
  const fake: Pick<SandboxEngine, 'events'> = {
    async events(signal, _, onOpen) {
      state.rounds++;
      onOpen();
      await new Promise<void>(resolve => {
        state.cut = resolve;
        signal.addEventListener('abort', () => resolve());
      });
    },
  };
  return { state, engine: fake as SandboxEngine };
}

describe('following the engine', () => {
  it('looks anew each time it comes back, and is up only then', async () => {
    const { state, engine: fake } = engine();
    let looks = 0;
    const watch = createEngineWatch({
      engine: fake,
      log: silentLog,
      onEvent: () => {},
      onUp: async () => {
        await pause(20);
        looks++;
      },
    });
    expect(watch.up).toBe(false);
    watch.start();
    await pause(5);
    expect(watch.up).toBe(false);
    await pause(40);
    expect([watch.up, looks]).toEqual([true, 1]);
    state.cut();
    await pause(20);
    expect(watch.up).toBe(false);
    await pause(poolLimits.engineRetryMs + 50);
    expect([watch.up, looks, state.rounds]).toEqual([true, 2, 2]);
    watch.stop();
  });

  it('is not up by a look at one that went meanwhile', async () => {
    const { state, engine: fake } = engine();
    const looks: (() => void)[] = [];
    const watch = createEngineWatch({
      engine: fake,
      log: silentLog,
      onEvent: () => {},
      onUp: () => new Promise(resolve => looks.push(resolve)),
    });
    watch.start();
    state.cut();
    await pause(poolLimits.engineRetryMs + 50);
    expect(looks).toHaveLength(2);
    looks[0]?.();
    await pause(10);
    expect(watch.up).toBe(false);
    looks[1]?.();
    await pause(10);
    expect(watch.up).toBe(true);
    watch.stop();
  });

  it('is not up while the look fails, and tries again', async () => {
    const { state, engine: fake } = engine();
    let fail = true;
    const watch = createEngineWatch({
      engine: fake,
      log: silentLog,
      onEvent: () => {},
      onUp: async () => {
        if (fail) throw new Error('the fence does not stand');
      },
    });
    watch.start();
    await pause(50);
    expect(watch.up).toBe(false);
    fail = false;
    await pause(poolLimits.engineRetryMs + 50);
    expect([watch.up, state.rounds]).toEqual([true, 2]);
    watch.stop();
    await pause(poolLimits.engineRetryMs + 50);
    expect(state.rounds).toBe(2);
  });
});
