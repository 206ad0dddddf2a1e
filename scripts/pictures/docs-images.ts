import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { root } from '#scripts/setup/paths.ts';
import { expectStatus, LabDriver } from '#tests/e2e/support/lab-driver.ts';
import { labOf, stepOf } from '#tests/e2e/support/labs.ts';
import { TerminalDriver } from '#tests/e2e/support/terminal-driver.ts';
import type { Example } from '#tests/support/example/example.ts';

const dark = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark', reducedMotion: 'reduce' } as const;

/** The two pictures of the README: a task that has just turned green, and a class. */
export async function takeDocsImages(browser: Browser, url: string, example: Example): Promise<void> {
  const folder = join(root, 'docs/images');
  mkdirSync(folder, { recursive: true });
  const step = stepOf(labOf('process-tree'), 'after');

  const context = await browser.newContext({ ...dark, storageState: example.sessions.grace });
  const page = await context.newPage();
  const terminal = new TerminalDriver(page);
  const task = new LabDriver(page, terminal, {}).task(step, 'run-web');
  await page.goto(`${url}/learn/docker-engine/process-tree/${step.slug}`);
  await terminal.ready();
  await terminal.run('docker rm -f web >/dev/null 2>&1');
  const atPrompt = async (command: string, shows: RegExp) => {
    const from = terminal.output.length;
    await terminal.type(command);
    await terminal.until(new RegExp(`${shows.source}[\\s\\S]*\\$ $`), from);
  };
  await atPrompt('clear', /clear/);
  await atPrompt('docker run -d --name web nginx', /[0-9a-f]{64}/);
  await expectStatus(task, 'Done');
  await atPrompt('ps -e -o pid,ppid,user,args --forest | cut -c1-80', /nginx: worker/);
  await atPrompt('pstree -spT "$(docker inspect -f \'{{.State.Pid}}\' web)"', /nginx\(\d+\)/);
  await task.evaluate(card => card.scrollIntoView({ block: 'center' }));
  await page.screenshot({ path: join(folder, 'lab.png') });
  await context.close();

  const desk = await browser.newContext({ ...dark, storageState: example.sessions.owner });
  const table = await desk.newPage();
  await table.goto(`${url}/classes/${example.classId}/results/docker-engine/process-tree`);
  await table.getByText('Live', { exact: true }).first().waitFor();
  await table.screenshot({ path: join(folder, 'class.png') });
  await desk.close();
}
