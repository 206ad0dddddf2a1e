import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '#domain/lab/lab.ts';
import { root } from '#scripts/setup/paths.ts';
import { loadCatalog } from '#server/catalog/load-catalog.ts';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { launchBrowser, newWatchedPage } from '#tests/support/browser.ts';
import { expectStatus, LabDriver } from './support/lab-driver.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

const live = {
  'dockerd-pid': 'pgrep -x dockerd',
  'which-api': "docker version -f '{{.Server.APIVersion}}'",
  'api-pid': "docker inspect -f '{{.State.Pid}}' api",
};

describe('a learner without an account', () => {
  let belowdeck: Belowdeck;
  let browser: Browser;
  let lab: Lab;

  beforeAll(async () => {
    const catalog = loadCatalog(join(root, 'labs'));
    lab = catalog.lab('docker-engine', 'client-and-daemon') as Lab;
    [belowdeck, browser] = await Promise.all([startBelowdeck(), launchBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await belowdeck?.stop();
  });

  it('finishes the first lab, through a reload, a network cut and a wrong answer', async () => {
    const { page, context, complaints, expect: expectComplaint } = await newWatchedPage(browser);
    const terminal = new TerminalDriver(page);
    const driver = new LabDriver(page, terminal, live);
    const [first, second, ...rest] = lab.steps;
    if (!first || !second) throw new Error('the lab has fewer than two steps');

    await page.goto(belowdeck.url);
    await page.getByRole('button', { name: 'Try it without an account' }).click();
    await page.waitForURL(`**/learn/docker-engine/client-and-daemon/${first.slug}`);
    await terminal.ready();

    // A wrong answer explains itself and may be given again.
    const dockerdPid = driver.question(first, 'dockerd-pid');
    await dockerdPid.getByRole('textbox').fill('999999');
    await dockerdPid.getByRole('button', { name: 'Answer' }).click();
    await expectStatus(dockerdPid, 'Not right yet');
    expect(await dockerdPid.textContent()).toMatch(/999999|dockerd|other/);
    await driver.doStep(first);
    await driver.next();

    // A reload in the middle: the shell is the same, and what was answered stands.
    await terminal.run('marker=still-the-same-shell');
    await page.reload();
    await page.getByRole('heading', { level: 2, name: second.title }).waitFor();
    expect(await terminal.run('echo $marker')).toBe('still-the-same-shell');
    await driver.doStep(second);

    // Ten seconds without network: the shell goes on, and nothing is lost.
    expectComplaint(/ERR_INTERNET_DISCONNECTED|WebSocket/);
    await terminal.type('for i in $(seq 12); do echo "tick $i"; sleep 1; done; echo all-"ticks"');
    await context.setOffline(true);
    await page.waitForTimeout(10_000);
    await context.setOffline(false);
    await expect.poll(() => terminal.output.includes('all-ticks'), { timeout: 20_000 }).toBe(true);
    const ticks = [...terminal.output.matchAll(/^tick (\d+)\r?$/gm)].map(match => Number(match[1]));
    expect(ticks).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));

    for (const step of rest) {
      await driver.next();
      await driver.doStep(step);
    }
    await driver.finish(lab);
    expect(await page.getByRole('main').textContent()).toMatch(/7\s*(of|\/)\s*7/);
    expect(complaints()).toEqual([]);
    await context.close();
  }, 300_000);
});
