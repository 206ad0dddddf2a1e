import { setTimeout as sleep } from 'node:timers/promises';
import type { Measurement } from '#scripts/bench/measurement.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { Guest } from '#tests/bench/support/guest.ts';
import { type LineDriver, prompt, promptOf } from '#tests/bench/support/line-driver.ts';
import { poolIsFull } from '#tests/bench/support/pool.ts';
import { attachLine } from '#tests/bench/terminal/belowdeck-lines.ts';
import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { endAll } from '#tests/support/claim.ts';
import { weighContainer } from './weigh.ts';

/** A sandbox that is suspended: what it weighs then, and how soon it answers the first key. */
export async function measureSleep({ url, host }: Belowdeck, rounds: number): Promise<Measurement[]> {
  const client = host.client();
  const enter = { asleep: [] as number[], awake: [] as number[] };
  try {
    await poolIsFull(client);
    const guest = await Guest.arrive(url);
    const { attempt, sandbox: sandboxId } = await guest.begin('docker-engine', 'process-tree');
    const { id } = await guest.openTerminal(attempt);
    const driver = await promptOf(Promise.resolve(attachLine(guest, attempt, id)));
    await sleep(benchLimits.restMs);
    const weigh = () => weighContainer(host, `belowdeck-${sandboxId}`);
    const awake = await weigh();
    await client.call('sandbox.suspend', { sandboxId });
    await sleep(benchLimits.restMs);
    const asleep = await weigh();
    for (let round = 0; round <= rounds; round++) {
      const { suspendedAt } = await client.call('sandbox.suspend', { sandboxId });
      if (suspendedAt === null) throw new Error('the sandbox does not sleep');
      await sleep(benchLimits.betweenCommandsMs);
      const [first, second] = [await enterToPrompt(driver), await enterToPrompt(driver)];
      if (round === 0) continue;
      enter.asleep.push(first);
      enter.awake.push(second);
    }
    await driver.line.close();
    return [
      {
        id: 'wake',
        metric: 'Enter to the next prompt, sandbox suspended',
        unit: 'ms',
        samples: enter.asleep,
        peers: [{ name: 'the same, awake', samples: enter.awake }],
      },
      {
        id: 'suspended-per-gib',
        metric: 'suspended sandboxes',
        unit: 'per GiB',
        samples: [1024 / asleep.charged],
        peers: [{ name: 'the same one, awake', samples: [1024 / awake.charged] }],
        note: 'by what its cgroup is charged; on cgroup v1, or without swap or zram, nothing can be moved away',
      },
    ];
  } finally {
    await endAll(client);
    client.stop();
  }
}

async function enterToPrompt(driver: LineDriver): Promise<number> {
  driver.forget();
  const pressed = performance.now();
  driver.write('\r');
  await driver.until(/\n/);
  return (await driver.until(prompt)) - pressed;
}
