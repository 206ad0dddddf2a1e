import { expect, it } from 'vitest';
import { sandboxStart } from './metrics.ts';
import { createStartTimer, startPhases } from './start-phases.ts';

const counts = async () =>
  Object.fromEntries(
    (await sandboxStart.get()).values
      .filter(({ metricName }) => metricName?.endsWith('_count'))
      .map(({ labels, value }) => [labels.phase, value]),
  );

it('splits a start into phases that add up, and counts it once it is whole', async () => {
  const clock = { now: 100 };
  const timer = createStartTimer(() => clock.now);
  clock.now = 300;
  timer.done('create');
  clock.now = 350;
  timer.done('run');
  clock.now = 1_050;
  timer.done('answer');
  expect(await counts()).toEqual({});
  expect(timer.finish()).toEqual({ create: 200, run: 50, answer: 700, all: 950 });
  expect(await counts()).toEqual(Object.fromEntries([...startPhases, 'all'].map(phase => [phase, 1])));
});
