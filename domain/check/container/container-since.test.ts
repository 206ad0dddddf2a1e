import { describe, expect, it } from 'vitest';
import type { ContainerFact, Facts } from '#domain/facts/facts.ts';
import { said } from '../testing/find.ts';
import { AT, idOf, makeContainer, makeFacts } from '../testing/make-facts.ts';
import type { ContainerSpec } from './container-spec.ts';

const seen = (facts: Partial<ContainerFact>[], at = AT): Facts =>
  makeFacts({ at, containers: facts.map(makeContainer) });
const before = AT - 30_000;
const unseen = makeFacts({ at: before, gaps: [{ part: 'daemon', reason: 'connection refused' }] });

describe('container: compared with the moment the step was opened', () => {
  it.each<[string, ContainerSpec, Facts | null, Partial<ContainerFact>, string]>([
    [
      'new',
      { since: 'baseline' },
      seen([], before),
      {},
      'passed: container `web` (image `nginx`) has been running for 12 s',
    ],
    [
      'old',
      { since: 'baseline' },
      seen([{}], before),
      {},
      'failed: container `web` was there already, created 12 s ago',
    ],
    [
      'no baseline',
      { since: 'baseline' },
      null,
      {},
      'unknown: container `web` was not looked at when this step was opened',
    ],
    [
      'new by its time',
      { since: 'baseline' },
      unseen,
      {},
      'passed: container `web` (image `nginx`) has been running for 12 s',
    ],
    [
      'same',
      { unchanged: true },
      seen([{}], before),
      {},
      'passed: container `web` (image `nginx`) has been running for 12 s',
    ],
    [
      'paused meanwhile',
      { unchanged: true },
      seen([{}], before),
      { state: 'paused' },
      'passed: container `web` (image `nginx`) is paused',
    ],
    [
      'started anew',
      { unchanged: true },
      seen([{ startedAt: before - 1 }], before),
      { startedAt: AT - 4_000 },
      'failed: container `web` was started anew 4 s ago',
    ],
    [
      'stopped',
      { unchanged: true },
      seen([{}], before),
      { state: 'exited', exitCode: 0, finishedAt: AT - 2_000 },
      'failed: container `web` exited with code 0, 2 s ago',
    ],
    [
      'made again',
      { unchanged: true },
      seen([{ id: idOf('f') }], before),
      {},
      'failed: container `web` is a new container: the one of this name from when this step was opened is gone',
    ],
    [
      'not there before',
      { unchanged: true },
      seen([], before),
      {},
      'failed: container `web` is a new container, created after this step was opened',
    ],
    [
      'unseen before',
      { unchanged: true },
      unseen,
      {},
      'unknown: container `web` was not seen when this step was opened: the containers could not be listed: connection refused',
    ],
    [
      'restarted',
      { restarted: true },
      seen([{ startedAt: before - 1 }], before),
      {},
      'passed: container `web` (image `nginx`) has been running for 12 s',
    ],
    [
      'not restarted',
      { restarted: true },
      seen([{}], before),
      {},
      'failed: container `web` was not started anew since this step was opened',
    ],
  ])('%s', (_, spec, baseline, fact, expected) => {
    expect(said({ container: { name: 'web', ...spec } }, { now: seen([fact]), baseline })).toBe(expected);
  });
});
