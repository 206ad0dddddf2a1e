import { setTimeout as sleep } from 'node:timers/promises';
import type { Measurement } from '#scripts/bench/measurement.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { type LineDriver, prompt } from '#tests/bench/support/line-driver.ts';
import { type Contenders, inTurns } from './contenders.ts';

/** Much output, and stopping too much of it. */
export async function measureBulk(contenders: Contenders, rounds: number): Promise<Measurement[]> {
  const rate = await inTurns(contenders, Math.max(3, Math.ceil(rounds / 4)), { turn: bulkRate });
  const stop = await inTurns(contenders, rounds, { paced: true, turn: stopFlood });
  return [
    {
      id: 'bulk',
      metric: 'bulk output',
      unit: 'MB/s',
      samples: rate.ours,
      peers: rate.peers,
      aim: {
        text: 'p50 ≥ 0.7 × raw pty',
        holds: (own, peer) => own.p50 >= 0.7 * (peer('raw pty')?.p50 ?? Number.POSITIVE_INFINITY),
      },
      note: `${benchLimits.bulkMegabytes} MB of lines of 80 characters, acknowledged at once`,
    },
    {
      id: 'ctrl-c',
      metric: 'Ctrl-C to prompt while flooding',
      unit: 'ms',
      samples: stop.ours,
      peers: stop.peers,
      aim: { text: 'p95 ≤ 25 ms', holds: own => own.p95 <= 25 },
      note: `all draw ${1000 / benchLimits.drawMsPerMegabyte} MB/s, as xterm.js does; the prompt counts once it is drawn`,
    },
  ];
}

async function bulkRate(driver: LineDriver): Promise<number[]> {
  driver.forget();
  driver.write(`yes ${'x'.repeat(79)} | head -c ${benchLimits.bulkMegabytes}000000; echo EN""D\r`);
  await driver.until(/x{79}\r\n/);
  const [began, before] = [performance.now(), driver.bytes];
  const ended = await driver.until(/END\r\n/);
  await driver.until(prompt);
  return [(driver.bytes - before) / 1e6 / ((ended - began) / 1e3)];
}

async function stopFlood(driver: LineDriver): Promise<number[]> {
  driver.forget();
  driver.write(`yes ${'x'.repeat(79)}\r`);
  await sleep(benchLimits.floodMs);
  const pressed = performance.now();
  driver.write('\x03');
  return [(await driver.until(prompt)) - pressed];
}
