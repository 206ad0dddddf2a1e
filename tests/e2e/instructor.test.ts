import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectStatus, LabDriver } from './support/lab-driver.ts';
import { labOf, stepOf } from './support/labs.ts';
import { becomeOwner, makeAccount, person } from './support/people.ts';
import { openPage, useStage } from './support/stage.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

const LIVE_MS = 10_000;

describe('an instructor with a class', () => {
  const stage = useStage();
  const lab = labOf('process-tree');
  const step = stepOf(lab, 'after');
  const tasks = lab.steps.reduce((sum, one) => sum + one.tasks.length, 0);

  it('sees a learner who joined by link get on while it happens', async () => {
    const { belowdeck } = stage;
    const teacher = await openPage(stage, 'instructor');
    const desk = teacher.page;
    await becomeOwner(desk, belowdeck, person('Olga Owner'));
    await desk.getByRole('link', { name: 'Classes' }).click();
    await desk.getByRole('button', { name: 'New class' }).click();
    await desk.getByLabel('Name of the class').fill('Containers, autumn');
    await desk.getByRole('button', { name: 'Make class' }).click();
    await desk.getByRole('heading', { level: 1, name: 'Containers, autumn' }).waitFor();
    const classUrl = desk.url();
    await desk.getByRole('button', { name: 'Assign a lab' }).click();
    await desk.getByRole('dialog').getByRole('radio', { name: lab.title }).check({ force: true });
    await desk.getByRole('dialog').getByRole('button', { name: 'Assign', exact: true }).click();
    await desk.getByRole('heading', { level: 3, name: lab.title }).waitFor();
    await desk.getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(() => desk.evaluate(() => navigator.clipboard.readText())).toContain('/join/');
    const joinLink = await desk.evaluate(() => navigator.clipboard.readText());

    const learner = await openPage(stage, 'learner');
    const { page } = learner;
    const ada = person('Ada Lovelace');
    await page.goto(joinLink);
    await makeAccount(page, ada, 'Make account and join');
    await page.getByText('You are in this class.').waitFor();
    await page.getByRole('link', { name: 'Go to the labs' }).click();
    const terminal = new TerminalDriver(page);
    await page.getByRole('link', { name: lab.title }).first().click();
    await page.getByRole('button', { name: 'Start the lab' }).click();
    await page.waitForURL('**/process-tree/*');
    await page.goto(`${belowdeck.url}/learn/docker-engine/process-tree/after`);
    await terminal.ready();

    await desk.goto(classUrl);
    await desk.getByRole('link', { name: lab.title }).first().click();
    const row = desk.getByRole('row', { name: /Ada Lovelace/ });
    await row.getByText(`0 of ${tasks}`).waitFor();
    await desk.evaluate(() => Object.assign(window, { notReloaded: true }));

    await terminal.type('docker run -d --name web nginx');
    await expectStatus(new LabDriver(page, terminal, {}).task(step, 'run-web'), 'Done');
    await row.getByText(`1 of ${tasks}`).waitFor({ timeout: LIVE_MS });
    await row.getByText('Passed').waitFor();
    expect(await desk.evaluate(() => 'notReloaded' in window), 'the table changed without a reload').toBe(true);

    await row.getByRole('link', { name: /open the verdict, Ada Lovelace, task 1/ }).click();
    await desk.getByRole('heading', { level: 1, name: 'Ada Lovelace, task 1' }).waitFor();
    const facts = desk.getByRole('region', { name: 'What it was judged by' });
    await facts.getByText('Containers', { exact: false }).first().waitFor();
    expect(await facts.textContent()).toMatch(/web[\s\S]*nginx/);
    await desk.goBack();

    const [download] = await Promise.all([
      desk.waitForEvent('download'),
      desk.getByRole('link', { name: 'Export CSV' }).click(),
    ]);
    const [head = '', ...lines] = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    const state = head.split(',').indexOf('run-web: state');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.split(',')[state]).toBe('passed');
    expect(lines[0]).toContain(ada.email);

    expect(teacher.complaints()).toEqual([]);
    expect(learner.complaints()).toEqual([]);
  }, 120_000);
});
