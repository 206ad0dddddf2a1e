import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Lab, Step } from '#domain/lab/lab.ts';
import { root } from '#scripts/setup/paths.ts';
import { loadCatalog } from '#server/catalog/load-catalog.ts';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { launchBrowser } from '#tests/support/browser.ts';

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

export function labOf(slug: string): Lab {
  const lab = loadCatalog(join(root, 'labs')).lab('docker-engine', slug);
  if (!lab) throw new Error(`there is no lab ${slug}`);
  return lab;
}

export function stepOf(lab: Lab, slug: string): Step {
  const step = lab.steps.find(one => one.slug === slug);
  if (!step) throw new Error(`${lab.slug} has no step ${slug}`);
  return step;
}
