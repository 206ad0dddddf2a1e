import { describe, expect, it } from 'vitest';
import { expectStatus, LabDriver } from './support/lab-driver.ts';
import { labOf, stepOf } from './support/labs.ts';
import { beginAsGuest, makeAccount, person } from './support/people.ts';
import { openPage, useStage } from './support/stage.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

describe('a guest who likes it here', () => {
  const stage = useStage();
  const step = stepOf(labOf('process-tree'), 'after');

  it('signs up and keeps progress, sandbox and shell, also after signing in elsewhere', async () => {
    const { belowdeck } = stage;
    const { page, complaints } = await openPage(stage, 'learner');
    const terminal = new TerminalDriver(page);
    const task = new LabDriver(page, terminal, {}).task(step, 'run-web');
    await beginAsGuest(page, belowdeck, 'process-tree', step.slug);
    await terminal.ready();
    await terminal.run('docker run -d --name web nginx; shell=mine');
    await expectStatus(task, 'Done');

    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Keep your progress' }).click();
    const grace = person('Grace Hopper');
    await makeAccount(page, grace, 'Make account and keep everything');
    await page.getByRole('button', { name: 'Account of Grace Hopper' }).waitFor();

    await page.goto(`${belowdeck.url}/learn/docker-engine/process-tree`);
    await page.waitForURL(`**/process-tree/${step.slug}`);
    await expectStatus(task, 'Done');
    await terminal.live();
    expect(await terminal.run("echo $shell; docker ps --format '{{.Names}}'")).toBe('mine\nweb');

    // Another browser: nothing hung on the guest's cookie.
    const other = await openPage(stage, 'elsewhere');
    await other.page.goto(`${belowdeck.url}/sign-in?next=/learn/docker-engine/process-tree`);
    await other.page.getByLabel('Email', { exact: true }).fill(grace.email);
    await other.page.getByLabel('Password', { exact: true }).fill(grace.password);
    await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.page.waitForURL(`**/process-tree/${step.slug}`);
    await expectStatus(new LabDriver(other.page, terminal, {}).task(step, 'run-web'), 'Done');

    expect(complaints()).toEqual([]);
    expect(other.complaints()).toEqual([]);
  });
});
