import { expect, test } from 'vitest';
import { flakeRate, type Proof, summariseProofs } from './proof.ts';

function proof(what: string, passed: boolean, ms: number | null = null): Proof {
  return { lab: 'l', step: 's', what, kind: 'task', passed, seen: passed ? 'green' : 'red', ms };
}

test('repeats of one thing are one line, with the worst time and the first failure', () => {
  const summaries = summariseProofs([
    proof('a', true, 100),
    proof('b', true, 5),
    proof('a', false),
    proof('a', true, 300),
  ]);
  expect(summaries.map(({ first, runs, passes, worstMs, seen }) => [first.what, runs, passes, worstMs, seen])).toEqual([
    ['a', 3, 2, 300, 'red'],
    ['b', 1, 1, 5, 'green'],
  ]);
});

test('a flake is what passed and failed; what always failed is none', () => {
  expect(flakeRate([])).toBe(0);
  expect(flakeRate(summariseProofs([proof('a', true), proof('a', false), proof('b', false), proof('b', false)]))).toBe(
    0.5,
  );
});
