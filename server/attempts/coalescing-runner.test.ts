import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CoalescingRunner } from './coalescing-runner.ts';

/** A run that ends when told, so that a test can put a request in the middle of it. */
function heldRun() {
  const starts: number[] = [];
  let underWay = 0;
  let most = 0;
  const releases: (() => void)[] = [];
  const run = async () => {
    starts.push(performance.now());
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise<void>(resolve => releases.push(resolve));
    underWay -= 1;
    return 1;
  };
  return { run, starts, release: () => releases.shift()?.(), most: () => most };
}

const noError = (error: unknown) => {
  throw error;
};

/** No slowing down. */
const free = { burst: 1_000, refillMs: 1 };

describe('CoalescingRunner', () => {
  it('joins requests that come together', async () => {
    const held = heldRun();
    const runner = new CoalescingRunner({ run: held.run, debounceMs: 10, ...free, onError: noError });
    runner.request();
    runner.request();
    runner.request();
    await sleep(40);
    expect(held.starts).toHaveLength(1);
    held.release();
    await sleep(30);
    expect(held.starts).toHaveLength(1);
    await runner.stop();
  });

  it('runs once more for what came during a run, and never two at a time', async () => {
    const held = heldRun();
    const runner = new CoalescingRunner({ run: held.run, debounceMs: 5, ...free, onError: noError });
    runner.request();
    await sleep(20);
    runner.request();
    runner.request();
    await sleep(20);
    expect(held.starts).toHaveLength(1);
    held.release();
    await sleep(20);
    expect(held.starts).toHaveLength(2);
    held.release();
    await sleep(20);
    expect(held.starts).toHaveLength(2);
    expect(held.most()).toBe(1);
    await runner.stop();
  });

  it('is not put off by a stream of requests', async () => {
    const held = heldRun();
    const runner = new CoalescingRunner({ run: held.run, debounceMs: 20, ...free, onError: noError });
    for (let i = 0; i < 12; i += 1) {
      runner.request();
      await sleep(5);
    }
    expect(held.starts.length).toBe(1);
    held.release();
    await runner.stop();
  });

  it('goes on after a run that failed', async () => {
    const errors: unknown[] = [];
    let runs = 0;
    const runner = new CoalescingRunner({
      run: async () => {
        runs += 1;
        if (runs === 1) throw new Error('no facts');
        return 1;
      },
      debounceMs: 1,
      ...free,
      onError: error => errors.push(error),
    });
    runner.request();
    await sleep(20);
    runner.request();
    await sleep(20);
    expect([runs, errors.length]).toEqual([2, 1]);
    await runner.stop();
  });

  it('slows a stream of requests down after a burst, and still serves the last', async () => {
    let runs = 0;
    const run = async () => {
      runs += 1;
      return 1;
    };
    const runner = new CoalescingRunner({ run, debounceMs: 1, burst: 3, refillMs: 100, onError: noError });
    const until = performance.now() + 250;
    while (performance.now() < until) {
      runner.request();
      await sleep(2);
    }
    expect(runs).toBeGreaterThanOrEqual(3);
    expect(runs).toBeLessThanOrEqual(7);
    const before = runs;
    runner.request();
    await sleep(150);
    expect(runs).toBeGreaterThan(before);
    await runner.stop();
  });

  it('slows heavy runs down more', async () => {
    const countsAs = async (weight: number) => {
      let runs = 0;
      const run = async () => {
        runs += 1;
        return weight;
      };
      const runner = new CoalescingRunner({ run, debounceMs: 1, burst: 10, refillMs: 50, onError: noError });
      const until = performance.now() + 400;
      while (performance.now() < until) {
        runner.request();
        await sleep(2);
      }
      await runner.stop();
      return runs;
    };
    // Ten at once, then one every 50 ms; of the heavy ones two at once, then one every 250 ms.
    const [light, heavy] = await Promise.all([countsAs(1), countsAs(5)]);
    expect(light).toBeGreaterThanOrEqual(10);
    expect(heavy).toBeGreaterThanOrEqual(2);
    expect(heavy).toBeLessThanOrEqual(4);
  });

  it('does not begin a run after it was stopped', async () => {
    const held = heldRun();
    const runner = new CoalescingRunner({ run: held.run, debounceMs: 5, ...free, onError: noError });
    runner.request();
    await runner.stop();
    runner.request();
    await sleep(20);
    expect(held.starts).toHaveLength(0);
  });
});
