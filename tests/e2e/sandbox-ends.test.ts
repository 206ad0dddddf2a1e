import { describe, expect, it } from 'vitest';
import { expectStatus, LabDriver } from './support/lab-driver.ts';
import { labOf, stepOf } from './support/labs.ts';
import { becomeOwner, beginAsGuest, person } from './support/people.ts';
import { openPage, useStage } from './support/stage.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

describe('a sandbox that an administrator ends', () => {
  const stage = useStage();
  const step = stepOf(labOf('process-tree'), 'after');

  it('tells the learner why, keeps the progress, and leaves a fresh one a click away', async () => {
    const { belowdeck } = stage;
    const { page, complaints } = await openPage(stage, 'learner');
    const terminal = new TerminalDriver(page);
    const driver = new LabDriver(page, terminal, {});
    await beginAsGuest(page, belowdeck, 'process-tree', step.slug);
    await terminal.ready();
    const [prediction] = step.questions.filter(question => question.predict);
    if (!prediction) throw new Error('the step has no prediction');
    await driver.answer(step, prediction);
    await terminal.type('docker run -d --name web nginx');
    await expectStatus(driver.task(step, 'run-web'), 'Done');
    await expectStatus(driver.question(step, prediction.id), 'Predicted right');
    await terminal.run('touch here-i-was');

    const admin = await openPage(stage, 'admin');
    await becomeOwner(admin.page, belowdeck, person('Olga Owner'));
    await admin.page.goto(`${belowdeck.url}/admin/sandboxes`);
    // Others may use the same host: the learner's is the one with a lab beside it.
    const row = admin.page.getByRole('row', { name: /process-tree/ });
    await row.getByRole('button', { name: /^End sandbox/ }).click();
    await admin.page.getByRole('alertdialog').getByRole('button', { name: 'End sandbox' }).click();
    await row.waitFor({ state: 'detached' });

    await page.getByText('An administrator ended this sandbox').waitFor();
    await page.getByText('Your passed tasks, answers and hints are kept.').waitFor();
    const seen = terminal.output.length;
    await page.getByRole('button', { name: 'Start a fresh sandbox' }).click();
    await terminal.until(/\$ /, seen);
    await terminal.live();
    expect(await terminal.run('docker ps -aq'), 'the fresh one is empty').toBe('');
    expect(await terminal.run('ls')).not.toContain('here-i-was');

    // Done stays done: it counts, though the fresh sandbox does not show it.
    await expectStatus(driver.task(step, 'run-web'), 'Done, then undone');
    await driver.task(step, 'run-web').getByText('It was done and still counts').waitFor();
    await expectStatus(driver.question(step, prediction.id), 'Predicted right');
    await terminal.type('docker run -d --name web nginx');
    await expectStatus(driver.task(step, 'run-web'), 'Done');

    expect(complaints()).toEqual([]);
    expect(admin.complaints()).toEqual([]);
  });
});
