import { setTimeout as sleep } from 'node:timers/promises';
import type { Measurement } from '#scripts/bench/measurement.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import type { LineDriver } from '#tests/bench/support/line-driver.ts';
import { type Contenders, inTurns } from './contenders.ts';

/** Keystroke to echo, one key at a time; the kernel's terminal echoes, so that no shell's own time counts. */
export async function measureEcho(contenders: Contenders, rounds: number): Promise<Measurement[]> {
  const { ours, peers } = await inTurns(contenders, rounds, {
    prepare: async driver => {
      driver.write('cat >/dev/null\r');
      await driver.until(/null\r\n/);
    },
    turn: driver => typeKeys(driver, benchLimits.keysPerTurn),
  });
  return [
    {
      id: 'echo',
      metric: 'keystroke to echo',
      unit: 'ms',
      samples: ours,
      peers,
      aim: {
        text: 'p50 ≤ 1.2 × ttyd, p99 ≤ 1.5 × ttyd',
        holds: (own, peer) => {
          const ttyd = peer('ttyd');
          return ttyd ? own.p50 <= 1.2 * ttyd.p50 && own.p99 <= 1.5 * ttyd.p99 : null;
        },
      },
    },
  ];
}

/** Types keys one by one into a terminal that echoes them, with a pause before each; how long each echo took, milliseconds. */
export async function typeKeys(
  driver: LineDriver,
  keys: number,
  pauseMs: number = benchLimits.betweenKeysMs,
): Promise<number[]> {
  const samples: number[] = [];
  for (let key = 0; key < keys; key++) {
    await sleep(pauseMs);
    driver.forget();
    const pressed = performance.now();
    driver.write('x');
    samples.push((await driver.until(/x/)) - pressed);
  }
  // The kernel's line buffer is short.
  driver.forget();
  driver.write('\r');
  await driver.until(/\n/);
  return samples;
}
