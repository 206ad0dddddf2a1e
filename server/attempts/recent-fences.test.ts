import { expect, it } from 'vitest';
import { attemptLimits } from '#domain/attempt/attempt-limits.ts';
import type { FenceAction } from '#domain/protocol/fence.ts';
import { RecentFences } from './recent-fences.ts';

const action = (fence: FenceAction['fence'], at: number, sandboxId = 'aaaaaaaaaaaa'): FenceAction => ({
  sandboxId,
  fence,
  measured: 1,
  limit: 1,
  at,
});

it('keeps the last of each fence, newest first, of one sandbox, for a while', () => {
  const recent = new RecentFences();
  recent.add(action('memory', 1_000));
  recent.add(action('pids', 2_000));
  recent.add(action('memory', 3_000));
  expect(recent.of('aaaaaaaaaaaa', 4_000).map(({ fence, at }) => [fence, at])).toEqual([
    ['memory', 3_000],
    ['pids', 2_000],
  ]);
  expect(recent.of('bbbbbbbbbbbb', 4_000)).toEqual([]);
  expect(recent.of('aaaaaaaaaaaa', 2_500 + attemptLimits.fenceNewsMs)).toHaveLength(1);
});
