import { expect, it } from 'vitest';
import { PoolSettingsError, parsePoolSettings } from './pool-settings.ts';

function problemsOf(value: unknown): readonly string[] {
  try {
    parsePoolSettings(value);
  } catch (error) {
    if (error instanceof PoolSettingsError) return error.problems;
    throw error;
  }
  return [];
}

it('may be left out, as a whole or in part', () => {
  expect(parsePoolSettings({})).toMatchObject({ poolMin: 2, poolMax: 8, perLearner: 1, suspendAfterMinutes: null });
  expect(parsePoolSettings({ poolMin: 4 })).toMatchObject({ poolMin: 4, poolMax: 8 });
});

it('is refused with every problem at once', () => {
  expect(problemsOf({ poolMin: -1, ttlMinutes: 'long', pool: 3 })).toHaveLength(3);
  expect(problemsOf({ poolMin: 9 })).toEqual(['poolMin: is greater than poolMax']);
});
