import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { root } from '#scripts/setup/paths.ts';
import { startBelowdeck } from '#tests/support/belowdeck.ts';
import { launchBrowser, newWatchedPage } from '#tests/support/browser.ts';
import { type Example, makeExample } from '#tests/support/example/example.ts';
import { type Visit, visit, visitsOf } from '#tests/support/example/visits.ts';
import { takeDocsImages } from './docs-images.ts';

const widths = [
  { name: '390', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  { name: '1440', viewport: { width: 1440, height: 900 } },
] as const;
const themes = ['light', 'dark'] as const;

/** Visits every page with example data and takes its pictures; answers what was wrong. */
export async function takeScreenshots(options: { only?: string; docs: boolean }): Promise<string[]> {
  const folder = join(root, 'screenshots');
  if (!options.only) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const problems: string[] = [];
  const belowdeck = await startBelowdeck();
  const browser = await launchBrowser();
  try {
    console.log('Making example data: learners work in both labs …');
    const example = await makeExample(belowdeck, browser);
    const visits = (await visitsOf(belowdeck, example)).filter(one => one.name.startsWith(options.only ?? ''));
    for (const each of visits) problems.push(...(await picturesOf(browser, belowdeck.url, example, each, folder)));
    console.log(`${visits.length * widths.length * themes.length} pictures in screenshots/`);
    if (options.docs) await takeDocsImages(browser, belowdeck.url, example);
  } finally {
    await browser.close();
    await belowdeck.stop();
  }
  return problems;
}

async function picturesOf(browser: Browser, url: string, example: Example, each: Visit, folder: string) {
  const problems: string[] = [];
  for (const { name: width, ...screen } of widths) {
    for (const colorScheme of themes) {
      const name = `${each.name}-${width}-${colorScheme}`;
      const { page, context, complaints, expect } = await newWatchedPage(browser, {
        ...screen,
        colorScheme,
        reducedMotion: 'reduce',
        storageState: each.as === 'stranger' ? undefined : example.sessions[each.as],
      });
      if (each.name === 'not-found') expect(/status of 404/);
      try {
        await visit(page, url, each);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (over > 0) problems.push(`${name}: ${over} pixels wider than the screen`);
        await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
      } catch (error) {
        problems.push(`${name}: ${(error as Error).message.split('\n')[0]}`);
      }
      problems.push(...complaints().map(text => `${name}: ${text}`));
      await context.close();
    }
  }
  return problems;
}
