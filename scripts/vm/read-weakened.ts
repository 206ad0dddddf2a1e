import type { Counts } from '../testing/stages.ts';

/** Counts of a weakened run: an attack that succeeds without its fence is a test that passed. */
export function readWeakened(output: string): Counts {
  const [, bit, held] = /^(\d+) attacks succeed without \w+, (\d+) do not$/m.exec(output) ?? [];
  return { passed: Number(bit ?? 0), failed: Number(held ?? 0) };
}
