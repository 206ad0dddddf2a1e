import { describe, expect, it } from 'vitest';
import { expectStatus, LabDriver } from './support/lab-driver.ts';
import { labOf, stepOf } from './support/labs.ts';
import { beginAsGuest } from './support/people.ts';
import { openPage, useStage } from './support/stage.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

describe('a learner with a phone', () => {
  const stage = useStage();
  const step = stepOf(labOf('process-tree'), 'after');

  it('has guide and terminal as two tabs, and Run shows what it ran', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const { page, complaints } = await openPage(stage, 'learner', phone);
    const terminal = new TerminalDriver(page);
    const task = new LabDriver(page, terminal, {}).task(step, 'run-web');
    await beginAsGuest(page, stage.belowdeck, 'process-tree', step.slug);
    await terminal.ready();
    const tabs = page.getByRole('navigation', { name: 'Show' });
    const shown = (name: string) => tabs.getByRole('button', { name, pressed: true }).waitFor();
    const pane = page.getByRole('region', { name: 'Terminals' });
    await shown('Guide');
    expect(await pane.isVisible()).toBe(false);

    await page
      .getByRole('button', { name: /^Run in the terminal: docker run -d --name web/ })
      .first()
      .tap();
    await shown('Terminal');
    expect(await pane.isVisible()).toBe(true);
    await terminal.until(/^[0-9a-f]{64}\r?$/m);
    // Lines fit the screen they are on.
    expect(Number(await terminal.run('tput cols'))).toBeLessThan(60);
    // The keys a phone lacks.
    await terminal.type('sleep 600');
    await page.getByRole('toolbar', { name: 'Keys' }).getByRole('button', { name: 'Control C' }).tap();
    expect(await terminal.run('echo again')).toBe('again');

    await tabs.getByRole('button', { name: 'Guide' }).tap();
    await expectStatus(task, 'Done');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(complaints()).toEqual([]);
  });
});
