import { expect, it } from 'vitest';
import type { FenceAction } from '#domain/protocol/fence.ts';
import { undismissed } from './undismissed.ts';

const action = (fence: FenceAction['fence'], at: number): FenceAction => ({
  sandboxId: 'aaaaaaaaaaaa',
  fence,
  measured: 1,
  limit: 1,
  at,
});

it('shows a fence again only when it acted again', () => {
  const fences = [action('memory', 5), action('pids', 3)];
  expect(undismissed(fences, {}).map(each => each.fence)).toEqual(['memory', 'pids']);
  expect(undismissed(fences, { memory: 5 }).map(each => each.fence)).toEqual(['pids']);
  expect(undismissed([action('memory', 6)], { memory: 5 })).toHaveLength(1);
});
