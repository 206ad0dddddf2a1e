import { expect, it } from 'vitest';
import { createEchoTimer, echoLimits } from './echo-timer.ts';

function timed() {
  const seen: number[] = [];
  const clock = { now: 0 };
  const timer = createEchoTimer(
    seconds => seen.push(seconds),
    () => clock.now,
  );
  const at = (ms: number, what: 'key' | 'output', bytes = 1) => {
    clock.now = ms;
    if (what === 'key') timer.key(bytes);
    else timer.output();
  };
  return { seen, at };
}

it('measures from a key to the next output', () => {
  const { seen, at } = timed();
  at(1_000, 'key');
  at(1_012, 'output');
  at(1_015, 'output');
  expect(seen).toEqual([0.012]);
});

it('takes the first of several keys, and not those typed into running output', () => {
  const { seen, at } = timed();
  at(1_000, 'key');
  at(1_005, 'key');
  at(1_020, 'output');
  at(1_021 + echoLimits.quietMs / 2, 'key');
  at(1_025 + echoLimits.quietMs / 2, 'output');
  expect(seen).toEqual([0.02]);
});

it('knows that a paste and a key nobody answers have no echo', () => {
  const { seen, at } = timed();
  at(1_000, 'key', 400);
  at(1_010, 'output');
  at(2_000, 'key');
  at(2_001 + echoLimits.giveUpMs, 'output');
  at(10_000, 'key');
  at(20_000, 'key');
  at(20_004, 'output');
  expect(seen).toEqual([0.004]);
});
