import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Example, makeExample } from '#tests/support/example/example.ts';
import { type Visit, visit, visitsOf } from '#tests/support/example/visits.ts';
import { openPage, useStage } from './support/stage.ts';

describe('every page', () => {
  const stage = useStage();
  let example: Example;
  let visits: Visit[];

  beforeAll(async () => {
    example = await makeExample(stage.belowdeck, stage.browser);
    visits = await visitsOf(stage.belowdeck, example);
  });

  it('is usable by everybody, light and dark', async () => {
    const found: string[] = [];
    for (const as of new Set(visits.map(each => each.as))) {
      const storageState = as === 'stranger' ? undefined : example.sessions[as];
      const watched = await openPage(stage, 'learner', { reducedMotion: 'reduce', storageState });
      watched.expect(/status of 404/);
      for (const each of visits.filter(one => one.as === as)) {
        await watched.page.emulateMedia({ colorScheme: 'light' });
        await visit(watched.page, stage.belowdeck.url, each);
        found.push(...(await violations(watched.page, `${each.name}, light`)));
        await watched.page.emulateMedia({ colorScheme: 'dark' });
        found.push(...(await violations(watched.page, `${each.name}, dark`)));
      }
      found.push(...watched.complaints());
      await watched.context.close();
    }
    expect(found).toEqual([]);
  });
});

async function violations(page: Page, where: string): Promise<string[]> {
  const { violations: all } = await new AxeBuilder({ page }).analyze();
  return all.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${where}: ${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}
