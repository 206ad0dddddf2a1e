import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFailed } from 'vitest';
import { root } from '#scripts/setup/paths.ts';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { launchBrowser, newWatchedPage, type WatchedPage } from '#tests/support/browser.ts';

/** Of a failed test's page and of the web server's log, so much is printed. */
const SHOWN_LETTERS = 1_200;
const LOG_LINES = 25;

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

/** A page of somebody's; when the test fails, its picture is in tests/e2e/results, and what it showed is printed. */
export async function openPage(stage: Stage, who: string, options?: BrowserContextOptions): Promise<WatchedPage> {
  const watched = await newWatchedPage(stage.browser, options);
  onTestFailed(async ({ task }) => {
    const name = `${who} ${task.name.slice(0, 40)}`.replaceAll(/[^a-z0-9]+/gi, '-');
    for (const [index, page] of watched.context.pages().entries()) {
      await page.screenshot({ path: join(root, `tests/e2e/results/${name}-${index}.png`) }).catch(() => undefined);
      // Where a test runs far away, what is printed is all there is to see.
      for (const part of ['[role=alertdialog]', '[aria-label=Terminal]', 'main'])
        console.log(`${who}, ${part} of ${page.url()}: ${await shown(page, part)}`);
    }
    console.log(`${who}'s complaints:`, watched.complaints());
    const said = readFileSync(stage.belowdeck.log, 'utf8').trimEnd().split('\n').slice(-LOG_LINES);
    console.log(`The web server's last words:\n${said.join('\n')}`);
  });
  return watched;
}

/** What a part of a page says to who cannot see it. */
async function shown(page: Page, part: string): Promise<string> {
  const parts = page.locator(part);
  if ((await parts.count().catch(() => 0)) === 0) return 'none';
  const words = await parts.first().ariaSnapshot({ timeout: 1_000 }).catch(String);
  return words.replaceAll(/\s+/g, ' ').slice(0, SHOWN_LETTERS);
}
