import { describe, expect, it } from 'vitest';
import { expectStatus, LabDriver } from './support/lab-driver.ts';
import { labOf, stepOf } from './support/labs.ts';
import { beginAsGuest } from './support/people.ts';
import { openPage, useStage } from './support/stage.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

describe('a sandbox that sleeps', () => {
  const stage = useStage();
  const step = stepOf(labOf('process-tree'), 'after');

  it('goes on at the first key, and its tasks turn green as ever', async () => {
    const { page, complaints } = await openPage(stage, 'learner');
    const terminal = new TerminalDriver(page);
    const driver = new LabDriver(page, terminal, {});
    await beginAsGuest(page, stage.belowdeck, 'process-tree', step.slug);
    await terminal.ready();
    await terminal.run('marker=the-same-shell');
    const [prediction] = step.questions.filter(question => question.predict);
    if (!prediction) throw new Error('the step has no prediction');
    await driver.answer(step, prediction);

    const client = stage.belowdeck.host.client();
    // Others may use the same host: the learner's is the one handed over last.
    const all = (await client.call('sandbox.list', {})).filter(one => one.state === 'ready' && one.claimedAt !== null);
    const id = all.toSorted((a, b) => (b.claimedAt ?? 0) - (a.claimedAt ?? 0))[0]?.id ?? '';
    // Nobody is frozen in the middle of a look.
    await page.waitForTimeout(2_500);
    await client.call('sandbox.suspend', { sandboxId: id });
    // The page is open, and looks by itself every second or two: that must not wake it.
    await page.waitForTimeout(5_000);
    expect((await client.call('sandbox.get', { sandboxId: id })).suspendedAt).not.toBeNull();

    expect(await terminal.run('echo $marker')).toBe('the-same-shell');
    expect((await client.call('sandbox.get', { sandboxId: id })).suspendedAt).toBeNull();
    client.stop();
    await terminal.type('docker run -d --name web nginx');
    await expectStatus(driver.task(step, 'run-web'), 'Done');
    expect(complaints()).toEqual([]);
  });
});
