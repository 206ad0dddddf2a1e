import { describe, expect, it } from 'vitest';
import { beginAsGuest } from './support/people.ts';
import { openPage, useStage } from './support/stage.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

describe('the terminal', () => {
  const stage = useStage();

  it('has tabs, search, copy and paste, text size, a way out by keyboard, and screen reader mode', async () => {
    const { page, complaints } = await openPage(stage, 'learner');
    const terminal = new TerminalDriver(page);
    await beginAsGuest(page, stage.belowdeck, 'process-tree', 'before');
    await terminal.ready();
    const panel = page.getByRole('region', { name: 'Terminals' });
    // The screen may be a canvas: it is looked at through what the terminal says of it.
    const screen = panel.locator('[role=tabpanel]:not([hidden]) .xterm-screen');

    // Tabs: a second shell of its own; closing it shows the first again.
    const first = await terminal.run('echo $$');
    const seen = terminal.output.length;
    await panel.getByRole('button', { name: 'New terminal' }).click();
    const tabs = panel.getByRole('tab');
    await expect.poll(async () => (await tabs.all()).length).toBe(2);
    await terminal.until(/\$ /, seen);
    expect(await terminal.run('echo $$')).not.toBe(first);
    await tabs.nth(1).press('Delete');
    await panel.getByRole('tab', { name: /live$/, selected: true }).waitFor();
    expect(await tabs.count()).toBe(1);
    expect(await terminal.run('echo $$')).toBe(first);

    // Search, also in what has scrolled away.
    await terminal.run('echo needle-in-the-hay; seq 300');
    await page.keyboard.press('Control+Shift+F');
    await page.getByRole('searchbox', { name: 'Search the output' }).fill('needle-in-the-hay');
    // What was typed, and what was printed.
    await panel.locator('output').getByText('2 of 2', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Earlier match' }).click();
    await panel.locator('output').getByText('1 of 2', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Close the search' }).click();
    await page.getByRole('searchbox', { name: 'Search the output' }).waitFor({ state: 'detached' });

    // Copy what is selected, paste what was copied.
    await terminal.run('clear; echo copy-me');
    await screen.dblclick({ position: { x: 20, y: 10 } });
    await panel.getByRole('button', { name: 'Copy the selection' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('copy-me');
    await page.evaluate(() => navigator.clipboard.writeText('echo pasted-$((6*7))'));
    await panel.getByRole('button', { name: 'Paste' }).click();
    await terminal.until(/echo pasted-\$\(\(6\*7\)\)/);
    await page.locator('[role=tabpanel]:not([hidden]) .xterm-helper-textarea').press('Enter');
    await terminal.until(/^pasted-42\r?$/m);

    // Larger text: fewer columns, and the shell knows.
    const columns = async () => Number(await terminal.run('tput cols'));
    const before = await columns();
    await panel.getByRole('button', { name: 'Terminal settings' }).click();
    for (let i = 0; i < 4; i++) await page.getByRole('menuitem', { name: 'Larger text' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(columns).toBeLessThan(before);
    // A narrower window, too.
    const larger = await columns();
    await page.setViewportSize({ width: 1100, height: 700 });
    await expect.poll(columns).toBeLessThan(larger);

    // Tab is the shell's, Shift+Tab leaves.
    const input = page.locator('[role=tabpanel]:not([hidden]) .xterm-helper-textarea');
    await input.focus();
    await page.keyboard.press('Tab');
    expect(await input.evaluate(element => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Shift+Tab');
    expect(await input.evaluate(element => element === document.activeElement)).toBe(false);

    // For screen readers the lines are text, in a live region too.
    await panel.getByRole('button', { name: 'Terminal settings' }).click();
    await page.getByRole('menuitem', { name: 'Turn screen reader mode on' }).click();
    await input.focus();
    await page.keyboard.type('echo read-me-$((6*7))');
    await page.keyboard.press('Enter');
    await panel.locator('[role=tabpanel]:not([hidden]) .xterm-accessibility').getByText('read-me-42').first().waitFor();
    expect(complaints()).toEqual([]);
  });
});
