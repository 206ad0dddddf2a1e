import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttemptView } from '#domain/attempt/attempt.ts';
import type { Lab, Step } from '#domain/lab/lab.ts';
import { root } from '#scripts/setup/paths.ts';
import { loadCatalog } from '#server/catalog/load-catalog.ts';
import { expectStatus, LabDriver } from '#tests/e2e/support/lab-driver.ts';
import { openPage } from '#tests/e2e/support/stage.ts';
import { TerminalDriver } from '#tests/e2e/support/terminal-driver.ts';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { launchBrowser } from '#tests/support/browser.ts';
import { labelled } from './support/labelled.ts';
import { armKillInMidStart, type Victim, victims } from './support/victims.ts';

const RECOVERED_MS = 60_000;
const CONTAINER_ID = /^[0-9a-f]{64}\r?$/m;

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

  it.each(Object.keys(victims))('%s: nothing is lost, and the page goes on by itself', async name => {
    const victim = victims[name] as Victim;
    const { page, context } = await openPage({ belowdeck, browser }, name);
    const terminal = new TerminalDriver(page);
    const driver = new LabDriver(page, terminal, {});
    const attemptId = await openStep(page);
    await terminal.ready();
    for (const prediction of step.questions.filter(question => question.predict)) {
      await driver.answer(step, prediction);
      await expectStatus(driver.question(step, prediction.id), 'Committed');
    }
    await terminal.run('shell=the-same-as-before');
    const look = async () =>
      (await (await page.request.get(`${belowdeck.url}/api/v1/attempts/${attemptId}`)).json()) as AttemptView;
    const before = await look();
    const kill = await victim.arm(belowdeck, before.sandbox?.id ?? '');

    // The container has just been started, its verdict is under way: now the victim dies.
    const typed = terminal.output.length;
    await terminal.type('docker run -d --name web nginx');
    await terminal.until(CONTAINER_ID, typed);
    const began = Date.now();
    await kill.fire();
    if (victim.takesContainers) await terminal.type('until docker start web 2>/dev/null; do sleep 0.2; done');
    await expectStatus(driver.task(step, 'run-web'), 'Done', RECOVERED_MS);
    console.log(`${name}: green ${Date.now() - began} ms after the kill`);

    // The terminal works again, without a reload of the page.
    if (victim.takesShell) await page.getByText('Your shell has ended').first().waitFor({ timeout: RECOVERED_MS });
    await terminal.live(RECOVERED_MS);
    expect(await terminal.run('echo "<$shell>"')).toBe(victim.takesShell ? '<>' : '<the-same-as-before>');
    await expect
      .poll(() => terminal.run("docker ps --format '{{.Names}}'"), { timeout: RECOVERED_MS, interval: 500 })
      .toBe('web');
    console.log(`${name}: all well ${Date.now() - began} ms after the kill`);

    const after = await look();
    expect(after.sandbox?.id, 'the sandbox is found again').toBe(before.sandbox?.id);
    for (const { question, value } of before.questions.filter(one => one.value !== null))
      expect(after.questions.find(one => one.question === question)?.value, `answer to ${question}`).toEqual(value);
    expect(after.tasks.find(task => task.task === 'run-web')?.state).toBe('passed');
    // The verdict did its work, too: it resolved the predictions.
    expect(after.questions.filter(one => one.revealed !== null).length).toBeGreaterThan(0);
    await context.close();
  });

  it('reaps what a start left half-done, within a minute', async () => {
    const { host } = belowdeck;
    const client = host.client();
    const known = async () => (await client.call('sandbox.list', {})).filter(one => one.state !== 'ended');
    const kill = await armKillInMidStart(belowdeck);
    // Claims empty the pool, so that the next sandbox is being made.
    const claim = { image: 'engine' as const, egress: false, ttlMs: 600_000, idleMs: 600_000 };
    const claims = [1, 2, 3].map(n =>
      client.call('sandbox.claim', { attemptId: `half-done-${n}`, ...claim }).catch(() => null),
    );
    await kill.fire();
    const left = await labelled(belowdeck);
    await Promise.all(claims);
    await host.untilHealthy();
    const ready = new Set((await known()).filter(one => one.state === 'ready').map(one => one.id));
    expect(left.filter(id => !ready.has(id)).length, 'the kill left something half-done').toBeGreaterThan(0);

    const leftovers = async () => {
      const ids = (await known()).map(one => one.id);
      return (await labelled(belowdeck)).filter(id => !ids.includes(id));
    };
    await expect.poll(leftovers, { timeout: RECOVERED_MS, interval: 500 }).toEqual([]);
    await expect
      .poll(async () => (await known()).map(one => one.state), { timeout: RECOVERED_MS, interval: 500 })
      .not.toContain('warming');
    for (const one of await known())
      if (one.attemptId?.startsWith('half-done-'))
        await client.call('sandbox.end', { sandboxId: one.id, reason: 'admin' });
    client.stop();
  });

  /** A guest at the step to be tested; answers the attempt's id. */
  async function openStep(page: Page): Promise<string> {
    const course = `${belowdeck.url}/learn/docker-engine/process-tree`;
    await page.goto(course);
    await page.getByRole('button', { name: 'Try it without an account' }).click();
    await page.waitForURL('**/learn/docker-engine/process-tree/*');
    const [socket] = await Promise.all([
      page.waitForEvent('websocket', one => one.url().includes('/ws/attempt/')),
      page.goto(`${course}/${step.slug}`),
    ]);
    return /\/ws\/attempt\/([^/?]+)/.exec(socket.url())?.[1] ?? '';
  }
});
