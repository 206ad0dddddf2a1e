import { AxeBuilder } from '@axe-core/playwright';
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

  it.each(['light', 'dark'] as const)('is usable by everybody, %s', async colorScheme => {
    const found: string[] = [];
    for (const as of new Set(visits.map(each => each.as))) {
      const storageState = as === 'stranger' ? undefined : example.sessions[as];
      const watched = await openPage(stage, 'learner', { colorScheme, reducedMotion: 'reduce', storageState });
      watched.expect(/status of 404/);
      for (const each of visits.filter(one => one.as === as)) {
        await visit(watched.page, stage.belowdeck.url, each);
        const { violations } = await new AxeBuilder({ page: watched.page }).analyze();
        for (const { id, nodes } of violations)
          for (const node of nodes)
            found.push(`${each.name}: ${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`);
      }
      found.push(...watched.complaints());
      await watched.context.close();
    }
    expect(found).toEqual([]);
  });
});
