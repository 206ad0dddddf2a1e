import { expect, it } from 'vitest';
import { createDemand } from './demand.ts';
import { poolLimits } from './pool-limits.ts';

it('follows the claims of the last minutes between its bounds, and comes down by itself', () => {
  let now = 0;
  const demand = createDemand({ bounds: () => ({ poolMin: 2, poolMax: 8 }), now: () => now });
  expect(demand.target()).toBe(2);
  for (let i = 0; i < 6; i++) {
    demand.claimed();
    now += 1_000;
  }
  expect(demand.target()).toBe(5);
  for (let i = 0; i < 30; i++) demand.claimed();
  expect(demand.target()).toBe(8);
  now += poolLimits.demandWindowMs;
  expect(demand.target()).toBe(2);
});
