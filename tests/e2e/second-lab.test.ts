import { describe, expect, it } from 'vitest';
import { expectStatus, LabDriver } from './support/lab-driver.ts';
import { labOf, stepOf } from './support/labs.ts';
import { beginAsGuest } from './support/people.ts';
import { openPage, useStage } from './support/stage.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

const live = {
  'containerd-pid': 'pgrep -x containerd',
  'shim-pid': `pgrep -f "containerd-shim.*$(docker inspect -f '{{.Id}}' web)"`,
  'nginx-count': "docker top web | grep -c '[n]ginx: '",
  'own-pidns': "sudo readlink /proc/$(docker inspect -f '{{.State.Pid}}' web)/ns/pid | tr -dc 0-9",
  'shims-now': 'pgrep -c containerd-shim',
};

describe('the second lab', () => {
  const stage = useStage();
  const lab = labOf('process-tree');

  it('is finished whole; predictions are resolved by the learner’s own sandbox; what is undone is said', async () => {
    const { page, complaints } = await openPage(stage, 'learner');
    const terminal = new TerminalDriver(page);
    const driver = new LabDriver(page, terminal, live);
    const [first, ...rest] = lab.steps;
    if (!first) throw new Error('the lab has no steps');
    await beginAsGuest(page, stage.belowdeck, lab.slug, first.slug);
    await terminal.ready();
    await driver.doStep(first);
    for (const step of rest) {
      await driver.next();
      await driver.doStep(step);
      for (const { id } of step.questions.filter(question => question.predict))
        await expectStatus(driver.question(step, id), 'Predicted right');
      if (step.slug === 'after') await undoAndRedo(driver, terminal);
    }
    await driver.finish(lab);
    const tasks = lab.steps.reduce((sum, step) => sum + step.tasks.length, 0);
    expect(await page.getByRole('main').textContent()).toMatch(new RegExp(`${tasks}\\s*(of|/)\\s*${tasks}`));
    expect(complaints()).toEqual([]);
  }, 180_000);

  async function undoAndRedo(driver: LabDriver, terminal: TerminalDriver): Promise<void> {
    const step = stepOf(lab, 'after');
    const parent = driver.question(step, 'container-parent');
    expect(await parent.textContent()).toMatch(/Your sandbox shows:.*containerd-shim-runc-v2/);
    await terminal.type('docker rm -f web');
    await expectStatus(driver.task(step, 'run-web'), 'Done, then undone');
    await terminal.type('docker run -d --name web nginx');
    await expectStatus(driver.task(step, 'run-web'), 'Done');
  }
});
