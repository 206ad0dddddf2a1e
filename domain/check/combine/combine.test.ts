import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckSpec } from '../spec.ts';
import { find } from '../testing/find.ts';
import { makeContainer, makeDaemon, makeFacts } from '../testing/make-facts.ts';
import type { Outcome } from '../verdict.ts';
import { outcomeOfAll, outcomeOfAny, outcomeOfNot } from './combine.ts';

const now = makeFacts({ containers: [makeContainer()], daemon: makeDaemon() });
const passes: CheckSpec = { container: { name: 'web', state: 'running' } };
const fails: CheckSpec = { daemon: { service: 'dockerd', running: false } };
const open: CheckSpec = { image: { reference: 'nginx' } };

describe('all, any, not', () => {
  it.each<[CheckSpec, Outcome]>([
    [{ all: [passes, passes] }, 'passed'],
    [{ all: [passes, open] }, 'unknown'],
    [{ all: [open, fails] }, 'failed'],
    [{ any: [fails, passes] }, 'passed'],
    [{ any: [open, passes] }, 'passed'],
    [{ any: [fails, open] }, 'unknown'],
    [{ any: [fails, fails] }, 'failed'],
    [{ not: passes }, 'failed'],
    [{ not: fails }, 'passed'],
    [{ not: open }, 'unknown'],
    [{ all: [{ not: fails }, { any: [fails, { not: { not: passes } }] }] }, 'passed'],
  ])('%j is %s', (spec, outcome) => {
    expect(find(spec, { now }).outcome).toBe(outcome);
  });

  it('says what each part expects, and observes what decided', () => {
    expect(find({ all: [passes, fails] }, { now })).toMatchObject({
      expected: 'container `web` is running; and `dockerd` is not running',
      observed: '`dockerd` is running (PID 50)',
      where: "the kernel's process table and the sandbox's Docker API",
    });
    expect(find({ any: [fails, open] }, { now }).observed).toBe('the images could not be listed');
    expect(find({ not: passes }, { now })).toMatchObject({
      expected: 'not: container `web` is running',
      observed: 'container `web` (image `nginx`) has been running for 12 s',
    });
  });

  it('binds what a part found, but nothing under a not', () => {
    expect(find({ all: [fails, passes] }, { now }).bound).toBeUndefined();
    expect(find({ any: [fails, passes] }, { now }).bound?.container?.name).toBe('web');
    expect(find({ not: { container: { name: 'web', state: 'exited' } } }, { now }).bound).toBeUndefined();
  });
});

describe('three values', () => {
  const outcomes = fc.array(fc.constantFrom<Outcome>('passed', 'failed', 'unknown'), { minLength: 1, maxLength: 6 });
  const certain = (outcome: Outcome): Outcome[] => (outcome === 'unknown' ? ['passed', 'failed'] : [outcome]);

  /** Every way in which the unknown ones could turn out. */
  function settled(given: readonly Outcome[]): Outcome[][] {
    return given.reduce<Outcome[][]>(
      (ways, outcome) => ways.flatMap(way => certain(outcome).map(one => [...way, one])),
      [[]],
    );
  }

  it.each([
    ['all', outcomeOfAll],
    ['any', outcomeOfAny],
  ] as const)('%s is sure exactly where every way to settle the unknown ones says the same', (_, combineOutcomes) => {
    fc.assert(
      fc.property(outcomes, given => {
        const possible = new Set(settled(given).map(combineOutcomes));
        const [only] = possible;
        expect(combineOutcomes(given)).toBe(possible.size === 1 ? only : 'unknown');
      }),
    );
  });

  it('not of all is any of nots', () => {
    fc.assert(
      fc.property(outcomes, given => {
        expect(outcomeOfNot(outcomeOfAll(given))).toBe(outcomeOfAny(given.map(outcomeOfNot)));
      }),
    );
  });
});
