import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import type { Measurement } from '#scripts/bench/measurement.ts';
import { summarise } from '#scripts/bench/summary.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { poolIsFull } from '#tests/bench/support/pool.ts';
import { TerminalDriver } from '#tests/e2e/support/terminal-driver.ts';
import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { newWatchedPage } from '#tests/support/browser.ts';
import { endAll } from '#tests/support/claim.ts';
import { type CommandMoments, commandTo, watchTask } from './green-clock.ts';

const STEP = '/learn/docker-engine/process-tree/after';

/** A container started in the page's terminal, and removed: how soon the task's card says so. */
export async function measureGreen(belowdeck: Belowdeck, browser: Browser, rounds: number): Promise<Measurement[]> {
  const client = belowdeck.host.client();
  const { page, context } = await newWatchedPage(browser);
  const done: CommandMoments[] = [];
  const undone: CommandMoments[] = [];
  try {
    await poolIsFull(client);
    await watchTask(page);
    const terminal = new TerminalDriver(page);
    await page.goto(`${belowdeck.url}/learn/docker-engine/process-tree`);
    await page.getByRole('button', { name: 'Try it without an account' }).click();
    await page.waitForURL('**/process-tree/*');
    await page.goto(belowdeck.url + STEP);
    await terminal.ready();
    await sleep(benchLimits.restMs);
    for (let round = 0; round <= rounds; round++) {
      const turn = [
        await commandTo(page, 'docker run -d --name web nginx', 'Done'),
        await rest().then(() => commandTo(page, 'docker rm -f web', 'Done, then undone')),
      ] as const;
      await rest();
      if (round === 0) continue;
      done.push(turn[0]);
      undone.push(turn[1]);
    }
  } finally {
    await context.close();
    await endAll(client);
    client.stop();
  }
  return [
    row('green', 'end of `docker run` to a green task in the browser', done, true),
    row('undone', 'end of `docker rm -f` to “undone” in the browser', undone, false),
  ];
}

const rest = () => sleep(benchLimits.betweenCommandsMs);

function row(id: string, metric: string, moments: CommandMoments[], aimed: boolean): Measurement {
  const command = summarise(moments.map(one => one.prompt));
  return {
    id,
    metric,
    unit: 'ms',
    samples: moments.map(one => one.card - one.prompt),
    peers: [],
    ...(aimed ? { aim: { text: 'p95 ≤ 300 ms', holds: own => own.p95 <= 300 } } : {}),
    note: `below zero: the card changed before the prompt was back; the command itself took ${Math.round(command.p50)} / ${Math.round(command.p95)} ms`,
  };
}
