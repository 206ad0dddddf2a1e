import { describe, expect, it } from 'vitest';
import { expectStatus, LabDriver } from './support/lab-driver.ts';
import { labOf, stepOf } from './support/labs.ts';
import { beginAsGuest } from './support/people.ts';
import { openPage, useStage } from './support/stage.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

describe('a learner who is stuck', () => {
  const stage = useStage();
  const step = stepOf(labOf('process-tree'), 'after');

  it('opens hints one by one, then the solution after a question, and both stay open', async () => {
    const { page, complaints } = await openPage(stage, 'learner');
    const terminal = new TerminalDriver(page);
    const task = new LabDriver(page, terminal, {}).task(step, 'run-web');
    await beginAsGuest(page, stage.belowdeck, 'process-tree', step.slug);
    await terminal.ready();

    const hints = task.getByRole('list', { name: 'Hints' }).getByRole('listitem');
    expect(await hints.count()).toBe(0);
    await task.getByRole('button', { name: 'Show a hint' }).click();
    await expect.poll(() => hints.count()).toBe(1);
    await task.getByRole('button', { name: 'Show the next hint' }).click();
    await expect.poll(() => hints.count()).toBe(2);

    await task.getByRole('button', { name: 'Show solution' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Try on my own' }).click();
    expect(await task.getByText('Solution', { exact: true }).count()).toBe(0);
    await task.getByRole('button', { name: 'Show solution' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Show solution' }).click();
    await task.getByText('Solution', { exact: true }).waitFor();

    await page.reload();
    await task.getByText('Solution', { exact: true }).waitFor();
    expect(await hints.count()).toBe(2);

    // Not before somebody tried does "not yet" turn red: the reload and the looks are no tries.
    await expectStatus(task, 'To do');
    await terminal.live();
    await task.getByRole('button', { name: /^Run in the terminal/ }).click();
    await expectStatus(task, 'Done');
    expect(await terminal.run("docker ps --format '{{.Names}}'")).toBe('web');
    expect(complaints()).toEqual([]);
  });
});
