import { describe, expect, it } from 'vitest';
import { labOf } from './support/labs.ts';
import { beginAsGuest } from './support/people.ts';
import { openPage, useStage } from './support/stage.ts';
import { TerminalDriver } from './support/terminal-driver.ts';

describe('a published port', () => {
  const stage = useStage();
  const lab = labOf('client-and-daemon');

  it('is linked beside the terminal as soon as it is there, and shows the container’s page in a tab of its own', async () => {
    const { page, context, complaints, expect: expectComplaint } = await openPage(stage, 'learner');
    const terminal = new TerminalDriver(page);
    await beginAsGuest(page, stage.belowdeck, lab.slug, lab.steps[0]?.slug ?? '');
    await terminal.ready();
    const link = page.getByRole('link', { name: 'Open port 8080' });
    expect(await link.count()).toBe(0);
    // Published at once, and slow to listen: who clicks right away sees the page all the same.
    const slow = `sh -c "sleep 2; exec nginx -g 'daemon off;'"`;
    await terminal.type(`docker run -d --name web -p 8080:80 -p 127.0.0.1:8081:80 nginx ${slow}`);
    await link.waitFor();

    const opened = context.waitForEvent('page');
    await link.click();
    const preview = await opened;
    await preview.getByRole('heading', { name: 'Welcome to nginx' }).waitFor();
    const { hostname, origin } = new URL(preview.url());
    expect(hostname).toMatch(/^p8080-[a-z2-7]{26}\.localhost$/);
    // The app's sign-in was not sent along, nor can the page see the cookie that let it in.
    const cookies = await context.cookies(origin);
    expect(cookies.map(({ name, httpOnly }) => [name, httpOnly])).toEqual([['belowdeck-preview', true]]);
    await preview.reload();
    await preview.getByRole('heading', { name: 'Welcome to nginx' }).waitFor();

    await page.getByRole('button', { name: 'Ports of the sandbox, 2 in use' }).click();
    const inner = page.getByRole('menuitem', { name: /Port 8081.*On 127\.0\.0\.1 only/ });
    expect(await inner.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('menuitem', { name: 'Open another port' }).click();
    await page.getByLabel('Port', { exact: true }).fill('99999');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('A port is a number from 1 to 65535.').waitFor();
    await page.getByLabel('Port', { exact: true }).fill('8081');
    expectComplaint(/502/);
    const second = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    const problem = await second;
    await problem.getByRole('heading', { name: 'Nothing in the sandbox answers on port 8081.' }).waitFor();
    await problem.getByText('8081 → web:80 (127.0.0.1 only)').waitFor();

    await terminal.type('docker rm -f web');
    await link.waitFor({ state: 'detached' });
    expect(complaints()).toEqual([]);
  });
});
