import { describe, expect, it } from 'vitest';
import { retryDelay } from './retry-delay.ts';

describe('retryDelay', () => {
  it('begins at a fifth of a second, doubles, and stays at five seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 50, 5_000].map(tries => retryDelay(tries, 0))).toEqual([
      200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000,
    ]);
  });

  it('spreads a crowd over a third of the wait', () => {
    expect(retryDelay(5, 0.999)).toBeGreaterThanOrEqual(3_500);
    expect(retryDelay(5, 0.5)).toBe(4_250);
  });
});
