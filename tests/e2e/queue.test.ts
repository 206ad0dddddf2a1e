import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { emptyPool, endAll } from '#tests/support/claim.ts';
import { setSandboxSettings } from '#tests/support/sandbox-settings.ts';
import { labOf } from './support/labs.ts';
import { beginAsGuest } from './support/people.ts';
import { openPage, useStage } from './support/stage.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

const first = labOf('client-and-daemon');
const second = labOf('process-tree');
const stepOne = (lab: typeof first) => lab.steps[0]?.slug ?? '';

describe('a sandbox for everybody', () => {
  const stage = useStage();
  afterAll(() => setSandboxSettings(stage.belowdeck.host, {}));

  /** With a client of its own for that moment. */
  const onHost = async (deed: (client: SandboxdClient) => Promise<void>) => {
    const client = stage.belowdeck.host.client();
    await deed(client).finally(() => client.stop());
  };
  const endSandbox = async (page: Page) => {
    await page.getByRole('button', { name: 'Sandbox actions' }).click();
    await page.getByRole('menuitem', { name: 'End it' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End sandbox' }).click();
  };

  it('comes by itself to who waits in line, over a reload and a restart of the web server', async () => {
    const { belowdeck } = stage;
    // What others left behind would take the one place.
    await onHost(endAll);
    const one = await openPage(stage, 'first learner');
    const oneTerminal = new TerminalDriver(one.page);
    await beginAsGuest(one.page, belowdeck, first.slug, stepOne(first));
    await oneTerminal.ready();
    // What waits in the pool is nobody's: the host is full with the one sandbox in use.
    await setSandboxSettings(belowdeck.host, { pool: { maxSandboxes: 1, poolMin: 0, poolMax: 0 } });
    await onHost(emptyPool);

    const two = await openPage(stage, 'second learner');
    const twoTerminal = new TerminalDriver(two.page);
    await beginAsGuest(two.page, belowdeck, first.slug, stepOne(first));
    const queue = two.page.getByRole('region', { name: 'Queue' });
    await queue.getByText('You are next').waitFor();
    await queue.getByText(/^All sandboxes are in use\. You get the first one that comes free/).waitFor();
    await two.page.reload();
    await queue.getByText('You are next').waitFor();
    two.expect(/WebSocket|ERR_CONNECTION/);
    one.expect(/WebSocket|ERR_CONNECTION/);
    await belowdeck.killWeb();
    await queue.getByText('You are next').waitFor();

    await endSandbox(one.page);
    await twoTerminal.ready();
    expect(await twoTerminal.run('docker ps -q')).toBe('');
    await queue.waitFor({ state: 'detached' });

    // Who leaves the line is told how to come back.
    await one.page.getByRole('button', { name: 'Start a fresh sandbox' }).click();
    await one.page.getByRole('region', { name: 'Queue' }).getByRole('button', { name: 'Leave the queue' }).click();
    await one.page.getByRole('region', { name: 'Queue' }).waitFor({ state: 'detached' });
    expect([...one.complaints(), ...two.complaints()]).toEqual([]);
    await setSandboxSettings(belowdeck.host, {});
  }, 240_000);

  it('is one per learner: moving on to another lab is asked, and kept to', async () => {
    const { belowdeck } = stage;
    await setSandboxSettings(belowdeck.host, {});
    const { page, complaints } = await openPage(stage, 'learner');
    const terminal = new TerminalDriver(page);
    await beginAsGuest(page, belowdeck, first.slug, stepOne(first));
    await terminal.ready();
    await terminal.run('touch here-i-was');

    await page.goto(`${belowdeck.url}/learn/${second.course}/${second.slug}`);
    await page.getByRole('button', { name: /^Start/ }).click();
    await page.getByText(`Your sandbox runs in “${first.title}”`).waitFor();
    // Nothing was done yet: the way back leads to the very same sandbox.
    await page.getByRole('link', { name: `Go to ${first.title}` }).click();
    await terminal.live();
    expect(await terminal.run('ls')).toContain('here-i-was');

    await page.goto(`${belowdeck.url}/learn/${second.course}/${second.slug}/${stepOne(second)}`);
    await page.getByRole('button', { name: 'Work here instead' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(`End the sandbox of “${first.title}”?`).waitFor();
    const seen = terminal.output.length;
    await dialog.getByRole('button', { name: 'End it and start here' }).click();
    await terminal.until(/\$ /, seen);
    expect(await terminal.run('ls')).not.toContain('here-i-was');

    await page.goto(`${belowdeck.url}/learn/${first.course}/${first.slug}/${stepOne(first)}`);
    await page.getByText('You went on in another lab').waitFor();
    expect(complaints()).toEqual([]);
  }, 180_000);

  it('is fresh again after a reset', async () => {
    const { page, complaints } = await openPage(stage, 'learner');
    const terminal = new TerminalDriver(page);
    await beginAsGuest(page, stage.belowdeck, first.slug, stepOne(first));
    await terminal.ready();
    await terminal.run('touch here-i-was');
    await page.getByRole('button', { name: 'Sandbox actions' }).click();
    await page.getByRole('menuitem', { name: 'Reset to a fresh one' }).click();
    const seen = terminal.output.length;
    const began = Date.now();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Reset sandbox' }).click();
    await terminal.until(/\$ /, seen);
    console.log(`reset to a prompt: ${Date.now() - began} ms`);
    expect(await terminal.run('ls')).not.toContain('here-i-was');
    expect(complaints()).toEqual([]);
  });
});
