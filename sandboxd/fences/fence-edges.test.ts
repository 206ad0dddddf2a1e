import { expect, it } from 'vitest';
import type { FenceAction } from '#domain/protocol/fence.ts';
import { createFenceEdges } from './fence-edges.ts';
import { fenceLimits, quietMs } from './fence-limits.ts';

function edges() {
  const clock = { now: 1_000_000 };
  const told: FenceAction[] = [];
  const made = createFenceEdges({ sandboxId: 'abcdef012345', tell: action => told.push(action), now: () => clock.now });
  return { clock, told, look: (acting: boolean) => made.look('pids', acting, 1024, 1024), made };
}

it('tells when a fence begins to act, with what was measured', () => {
  const { told, look } = edges();
  look(false);
  look(true);
  expect(told).toEqual([{ sandboxId: 'abcdef012345', fence: 'pids', measured: 1024, limit: 1024, at: 1_000_000 }]);
});

it('does not tell again for as long as it acts', () => {
  const { clock, told, look } = edges();
  for (let i = 0; i < 600; i++) {
    look(true);
    clock.now += fenceLimits.sweepMs;
  }
  expect(told).toHaveLength(1);
});

it('tells again when it let go, but not too often', () => {
  const { clock, told, look } = edges();
  look(true);
  clock.now += fenceLimits.calmMs;
  look(true);
  expect(told).toHaveLength(1);
  clock.now += quietMs.pids;
  look(true);
  expect(told).toHaveLength(2);
});

it('keeps fences apart', () => {
  const { told, made } = edges();
  made.look('disk', true, 1, 1);
  made.look('inodes', true, 2, 2);
  expect(told.map(action => action.fence)).toEqual(['disk', 'inodes']);
});
