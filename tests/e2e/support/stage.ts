import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, onTestFailed } from 'vitest';
import { root } from '#scripts/setup/paths.ts';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { launchBrowser, newWatchedPage, type WatchedPage } from '#tests/support/browser.ts';

/** What the tests of one file share; there once the first of them runs. */
export interface Stage {
  readonly belowdeck: Belowdeck;
  readonly browser: Browser;
}

/** A Belowdeck and a browser for the tests of this file, gone after them. */
export function useStage(): Stage {
  const stage: { belowdeck?: Belowdeck; browser?: Browser } = {};
  beforeAll(async () => {
    [stage.belowdeck, stage.browser] = await Promise.all([startBelowdeck(), launchBrowser()]);
  });
  afterAll(async () => {
    await stage.browser?.close();
    await stage.belowdeck?.stop();
  });
  return stage as Stage;
}

/** A page of somebody's; when the test fails, what it showed is in tests/e2e/results. */
export async function openPage({ browser }: Stage, who: string, options?: BrowserContextOptions): Promise<WatchedPage> {
  const watched = await newWatchedPage(browser, options);
  onTestFailed(async ({ task }) => {
    const name = `${who} ${task.name.slice(0, 40)}`.replaceAll(/[^a-z0-9]+/gi, '-');
    for (const [index, page] of watched.context.pages().entries()) {
      await page.screenshot({ path: join(root, `tests/e2e/results/${name}-${index}.png`) }).catch(() => undefined);
      // Where a test runs far away, what is printed is all there is to see.
      const shown = await page.locator('body').ariaSnapshot({ timeout: 1_000 }).catch(String);
      console.log(`${who}, at ${page.url()}: ${shown.replaceAll(/\s+/g, ' ').slice(0, 600)}`);
    }
    console.log(`${who}'s complaints:`, watched.complaints());
  });
  return watched;
}
