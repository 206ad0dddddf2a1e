import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttemptView } from '#domain/attempt/attempt.ts';
import type { Lab, Step } from '#domain/lab/lab.ts';
import { root } from '#scripts/setup/paths.ts';
import { loadCatalog } from '#server/catalog/load-catalog.ts';
import { expectStatus, LabDriver } from '#tests/e2e/support/lab-driver.ts';
import { TerminalDriver } from '#tests/e2e/support/terminal-driver.ts';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { launchBrowser, newWatchedPage } from '#tests/support/browser.ts';

const RECOVERED_MS = 60_000;

/** Everything of a run that can die, and how it is killed (SIGKILL, nothing can be tidied up). */
const victims: Record<string, (belowdeck: Belowdeck, sandboxId: string) => Promise<unknown>> = {
  'the web process': belowdeck => belowdeck.killWeb(),
  sandboxd: ({ host }) => host.inside(['pkill', '-9', '-f', '^[^ ]*node .*sandboxd/main.ts']),
  // By its PID file: a name would also match the sandboxes' daemons.
  "the sandbox host's dockerd": ({ host }) => host.inside(['sh', '-c', 'kill -9 $(cat /run/docker.pid)']),
  "the sandbox host's containerd": ({ host }) => host.inside(['sh', '-c', 'kill -9 $(pgrep -o -x containerd)']),
  "the sandbox's dockerd": ({ host }, sandboxId) => host.asRoot(sandboxId, 'pkill -9 -x dockerd'),
};

describe('kill -9 while a learner works', () => {
  let belowdeck: Belowdeck;
  let browser: Browser;
  let step: Step;

  beforeAll(async () => {
    const lab = loadCatalog(join(root, 'labs')).lab('docker-engine', 'process-tree') as Lab;
    step = lab.steps.find(one => one.slug === 'after') as Step;
    [belowdeck, browser] = await Promise.all([startBelowdeck(), launchBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await belowdeck?.stop();
  });

  it.each(Object.keys(victims))('%s: nothing is lost, and the page goes on by itself', async victim => {
    const { page, context } = await newWatchedPage(browser);
    const terminal = new TerminalDriver(page);
    const driver = new LabDriver(page, terminal, {});
    await page.goto(`${belowdeck.url}/learn/docker-engine/process-tree`);
    await page.getByRole('button', { name: 'Try it without an account' }).click();
    await page.waitForURL('**/learn/docker-engine/process-tree/*');
    await page.goto(`${belowdeck.url}/learn/docker-engine/process-tree/${step.slug}`);
    await terminal.ready();
    const predictions = step.questions.filter(question => question.predict);
    for (const prediction of predictions) {
      await driver.answer(step, prediction);
      await expectStatus(driver.question(step, prediction.id), 'Committed');
    }
    const attemptId = await page.evaluate(async () => {
      const entries = performance.getEntriesByType('resource').map(entry => entry.name);
      return entries.map(name => /\/api\/v1\/attempts\/([^/?]+)/.exec(name)?.[1]).find(Boolean) ?? '';
    });
    const look = async () =>
      (await (await page.request.get(`${belowdeck.url}/api/v1/attempts/${attemptId}`)).json()) as AttemptView;
    const before = await look();

    // The command is given and at once the victim is dead: its verdict must still come.
    await terminal.type('docker run -d --name web nginx');
    await victims[victim]?.(belowdeck, before.sandbox?.id ?? '');
    const began = Date.now();
    await driver
      .task(step, 'run-web')
      .locator('header')
      .getByText('Done', { exact: true })
      .waitFor({ timeout: RECOVERED_MS })
      .catch(async () => {
        // The shell may have died with its daemon before the command got through: a learner would type it again.
        await terminal.type('docker start web || docker run -d --name web nginx');
        await expectStatus(driver.task(step, 'run-web'), 'Done');
      });
    console.log(`${victim}: green again ${Date.now() - began} ms after the kill`);

    const after = await look();
    expect(after.sandbox?.id, 'the sandbox is found again').toBe(before.sandbox?.id);
    for (const { question, value } of before.questions.filter(one => one.value !== null)) {
      expect(
        after.questions.find(one => one.question === question)?.value,
        `the answer to ${question} is kept`,
      ).toEqual(value);
    }
    expect(after.tasks.find(task => task.task === 'run-web')?.state).toBe('passed');
    // The terminal works again, without a reload of the page.
    await expect
      .poll(() => terminal.run('echo still-$((40+2))'), { timeout: RECOVERED_MS, interval: 1_000 })
      .toContain('still-42');
    await context.close();
  });

  it('reaps what a claim left half-done, within a minute', async () => {
    const client = belowdeck.host.client();
    const claims = Array.from({ length: 3 }, (_, i) =>
      client
        .call('sandbox.claim', {
          attemptId: `half-done-${i}`,
          image: 'engine',
          egress: false,
          ttlMs: 600_000,
          idleMs: 600_000,
        })
        .catch(() => null),
    );
    await new Promise(resolve => setTimeout(resolve, 250));
    await victims.sandboxd?.(belowdeck, '');
    await Promise.all(claims);
    await belowdeck.host.untilHealthy();
    const leftovers = async () => {
      const known = (await client.call('sandbox.list', {})).filter(one => one.state !== 'ended').map(one => one.id);
      const there = await belowdeck.host.inside([
        'docker',
        'ps',
        '-aq',
        '--filter',
        'label=belowdeck.sandbox',
        '--format',
        '{{.Label "belowdeck.sandbox"}}',
      ]);
      return there.stdout.split('\n').filter(id => id !== '' && !known.includes(id));
    };
    await expect.poll(leftovers, { timeout: RECOVERED_MS, interval: 1_000 }).toEqual([]);
    client.stop();
  });
});
