import { describe, expect, it } from 'vitest';
import type { Facts, ProcessFact } from '#domain/facts/facts.ts';
import { said } from '../testing/find.ts';
import { AT, makeContainer, makeFacts, makeProcess, makeTree } from '../testing/make-facts.ts';
import type { ProcessSpec } from './process-spec.ts';

const facts = (processes: ProcessFact[]): Facts => makeFacts({ containers: [makeContainer()], processes });
const before: Facts = { ...facts(makeTree()), at: AT - 5_000 };
const without = (...pids: number[]) => makeTree().filter(process => !pids.includes(process.pid));
const freshDockerd = makeProcess({ pid: 900, genuine: true, startedAt: AT - 1_000 });
const samePidLater = makeProcess({ pid: 50, startTicks: 99_999, genuine: true, startedAt: AT - 1_000 });

describe('process: compared with the moment the step was opened', () => {
  it.each<[string, ProcessSpec, ProcessFact[], string]>([
    [
      'killed and back',
      { exe: 'dockerd', restarted: true },
      [...without(50), freshDockerd],
      'passed: `dockerd` (PID 50) ended and `dockerd` (PID 900) started',
    ],
    [
      'back under the same PID',
      { exe: 'dockerd', restarted: true },
      [...without(50), samePidLater],
      'passed: `dockerd` (PID 50) ended and `dockerd` (PID 50) started',
    ],
    [
      'not killed',
      { exe: 'dockerd', restarted: true },
      makeTree(),
      'failed: `dockerd` (PID 50) is the same one as when this step was opened',
    ],
    [
      'killed, not back',
      { exe: 'dockerd', restarted: true },
      without(50),
      'failed: `dockerd` (PID 50) ended, and none has started since',
    ],
    [
      'never ran',
      { exe: 'runc', restarted: true },
      makeTree(),
      'failed: no process `runc` ran when this step was opened',
    ],
    [
      'a second one beside it',
      { exe: 'dockerd', restarted: true },
      [...makeTree(), freshDockerd],
      'failed: `dockerd` (PID 50) is the same one as when this step was opened',
    ],
    [
      'untouched',
      { exe: 'nginx', of: 'web', unchanged: true },
      makeTree(),
      'passed: `nginx` (PID 200) and `nginx` (PID 201) still run',
    ],
    ['one worker lost', { exe: 'nginx', of: 'web', unchanged: true }, without(201), 'failed: `nginx` (PID 201) ended'],
    [
      'replaced',
      { exe: 'dockerd', unchanged: true },
      [...without(50), freshDockerd],
      'failed: `dockerd` (PID 50) ended and `dockerd` (PID 900) started',
    ],
    [
      'nothing then, one now',
      { exe: 'dockerd', argv: '--debug', unchanged: true },
      [...makeTree(), makeProcess({ pid: 901, argv: ['--debug'] })],
      'failed: no process `dockerd` ran when this step was opened; `dockerd` (PID 901) came later',
    ],
    [
      'started since',
      { exe: 'dockerd', since: 'baseline' },
      [...makeTree(), freshDockerd],
      'passed: `dockerd` (PID 900) has been running for 1 s',
    ],
    [
      'only old ones',
      { exe: 'dockerd', since: 'baseline' },
      makeTree(),
      'failed: `dockerd` (PID 50) ran already when this step was opened',
    ],
  ])('%s', (_, process, now, expected) => {
    expect(said({ process }, { now: facts(now), baseline: before })).toBe(expected);
  });

  it.each<[string, ProcessSpec, Facts | null, string]>([
    [
      'no baseline',
      { exe: 'dockerd', unchanged: true },
      null,
      'unknown: process `dockerd` was not looked at when this step was opened',
    ],
    [
      'a baseline without processes',
      { exe: 'dockerd', restarted: true },
      makeFacts({ gaps: [{ part: 'processes', reason: 'too slow' }] }),
      'unknown: process `dockerd` was not seen when this step was opened: the process table could not be read: too slow',
    ],
    [
      'no baseline for since',
      { exe: 'dockerd', since: 'baseline' },
      null,
      'unknown: `dockerd` (PID 50) was not looked at when this step was opened',
    ],
    [
      'a cut baseline without it',
      { exe: 'nginx', unchanged: true },
      { ...facts(without(200, 201)), gaps: [{ part: 'processes', reason: 'cut' }] },
      'unknown: process `nginx` was not seen when this step was opened: the process table could not be read: cut',
    ],
  ])('is unknown with %s', (_, process, baseline, expected) => {
    expect(said({ process }, { now: facts(makeTree()), baseline })).toBe(expected);
  });

  it('does not call a process gone that a cut table may hide', () => {
    const now = { ...facts(without(50)), gaps: [{ part: 'processes', reason: 'cut' }] };
    expect(said({ process: { exe: 'dockerd', unchanged: true } }, { now, baseline: before })).toBe(
      'unknown: not every process could be seen: cut',
    );
  });
});
