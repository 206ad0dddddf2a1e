import type { Browser } from 'playwright-core';
import type { Measurement } from '#scripts/bench/measurement.ts';
import { prompt, promptOf } from '#tests/bench/support/line-driver.ts';
import { poolIsFull } from '#tests/bench/support/pool.ts';
import { dockerExec } from '#tests/bench/terminal/pty-lines.ts';
import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { newWatchedPage } from '#tests/support/browser.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { attachTerminal } from '#tests/support/terminal/sandbox-terminal.ts';
import { promptSeen, type StartMoments, watchForPrompt } from './prompt-clock.ts';

/** From "Start" to a prompt: in the browser, for who comes the first time and who is signed in, and at sandboxd alone. */
export async function measureHandOver(belowdeck: Belowdeck, browser: Browser, rounds: number): Promise<Measurement[]> {
  const client = belowdeck.host.client();
  const container = dockerExec(belowdeck.host.container);
  const first: StartMoments[] = [];
  const again: StartMoments[] = [];
  const alone: number[] = [];
  const shells: number[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      const moments = await startTwice(belowdeck, browser, {
        ready: () => poolIsFull(client),
        // A learner has one sandbox at a time: the first is given up in between.
        freed: () => endAll(client),
      });
      await endAll(client);
      await poolIsFull(client);
      const [sandboxd, shell] = [await claimToPrompt(client), await toPrompt(container)];
      await endAll(client);
      // The first round finds cold caches everywhere: its figures are not counted.
      if (round === 0) continue;
      first.push(moments[0]);
      again.push(moments[1]);
      alone.push(sandboxd);
      shells.push(shell);
    }
  } finally {
    await endAll(client);
    client.stop();
  }
  const underASecond = { text: 'p95 < 1000 ms', holds: ({ p95 }: { p95: number }) => p95 < 1_000 };
  return [
    browserRow('hand-over-signed-in', '“Start” to a visible prompt, signed in', again, underASecond),
    browserRow('hand-over-guest', '“Try it” to a visible prompt, new guest', first, underASecond),
    {
      id: 'hand-over-sandboxd',
      metric: 'claim to prompt at sandboxd, warm',
      unit: 'ms',
      samples: alone,
      peers: [{ name: 'docker exec, container running', samples: shells }],
      aim: { text: 'p95 < 150 ms', holds: own => own.p95 < 150 },
    },
  ];
}

function browserRow(id: string, metric: string, moments: StartMoments[], aim: Measurement['aim']): Measurement {
  const middle = (pick: (one: StartMoments) => number) => {
    const sorted = moments.map(pick).toSorted((a, b) => a - b);
    return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
  };
  return {
    id,
    metric,
    unit: 'ms',
    samples: moments.map(one => one.visible),
    peers: [],
    ...(aim ? { aim } : {}),
    note: `median after the click: page ${middle(one => one.page)}, terminal's socket ${middle(one => one.socket)}, prompt's bytes ${middle(one => one.bytes)}, drawn ${middle(one => one.visible)} ms`,
  };
}

/** A new guest begins the first lab, then, signed in by that, the second. */
async function startTwice(
  { url }: Belowdeck,
  browser: Browser,
  pool: { ready: () => Promise<void>; freed: () => Promise<void> },
): Promise<[StartMoments, StartMoments]> {
  const { page, context } = await newWatchedPage(browser);
  try {
    await watchForPrompt(page);
    await page.goto(`${url}/learn/docker-engine/client-and-daemon`, { waitUntil: 'networkidle' });
    await pool.ready();
    await page.getByRole('button', { name: 'Try it without an account' }).click();
    const guest = await promptSeen(page);
    await page.goto(`${url}/learn/docker-engine/process-tree`, { waitUntil: 'networkidle' });
    await pool.freed();
    await pool.ready();
    await page.getByRole('button', { name: /^Start/ }).click();
    return [guest, await promptSeen(page)];
  } finally {
    await context.close();
  }
}

async function claimToPrompt(client: ReturnType<Belowdeck['host']['client']>): Promise<number> {
  const began = performance.now();
  const sandbox = await claimSandbox(client);
  const { id } = await client.call('terminal.open', { sandboxId: sandbox.id, cols: 120, rows: 40 });
  const terminal = attachTerminal(client, id);
  await terminal.untilText(prompt);
  const took = performance.now() - began;
  terminal.cut();
  return took;
}

async function toPrompt(source: ReturnType<typeof dockerExec>): Promise<number> {
  const began = performance.now();
  const driver = await promptOf(source.open());
  const took = performance.now() - began;
  await driver.line.close();
  return took;
}
