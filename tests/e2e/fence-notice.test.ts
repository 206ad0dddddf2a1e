import { describe, expect, it } from 'vitest';
import { parseBytes } from '#domain/protocol/byte-units.ts';
import { defaultLimits } from '#domain/protocol/limits.ts';
import { labOf, stepOf } from './support/labs.ts';
import { beginAsGuest } from './support/people.ts';
import { openPage, useStage } from './support/stage.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

describe('a limit of the sandbox that acts', () => {
  const stage = useStage();
  const step = stepOf(labOf('process-tree'), 'after');

  it('is told over the terminal with what was measured, until it is dismissed, and again when it acts again', async () => {
    const { belowdeck } = stage;
    const { page, complaints } = await openPage(stage, 'learner');
    const terminal = new TerminalDriver(page);
    await beginAsGuest(page, belowdeck, 'process-tree', step.slug);
    await terminal.ready();
    await terminal.type('sudo fallocate -l 2G /var/lib/docker/big; head -c 1100M /dev/zero > big');
    const notice = page.getByRole('status').filter({ hasText: 'The disk of your sandbox is full' });
    await notice.waitFor({ timeout: 30_000 });
    const [, measured] = /([\d.]+ [MG]iB) of 1 GiB are used/.exec((await notice.textContent()) ?? '') ?? [];
    expect((parseBytes(measured ?? '') ?? 0) / defaultLimits.diskBytes).toBeGreaterThan(0.97);
    await notice.getByText('Everything that is on it, and your progress.').waitFor();

    // Who comes later is told too; who has read it is left alone.
    await page.reload();
    await notice.waitFor();
    await notice.getByRole('button', { name: 'Understood' }).click();
    await notice.waitFor({ state: 'detached' });
    await terminal.ready();
    await terminal.type('rm -f big');
    await terminal.type(
      "perl -e 'for (1 .. 2000) { last unless defined(my $p = fork); if (!$p) { sleep 5; exit } } sleep 5'",
    );
    const full = page.getByRole('status').filter({ hasText: 'Your sandbox is full of processes' });
    await full.waitFor({ timeout: 30_000 });
    expect(await full.textContent()).toMatch(/(1,024|1,0[012]\d|9\d\d) of 1,024 processes and threads run/);
    expect(complaints()).toEqual([]);
  });
});
