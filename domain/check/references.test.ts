import { describe, expect, it } from 'vitest';
import {
  checkOrder,
  checkProblems,
  containerNameOf,
  containerNamesOf,
  questionsOf,
  referencesOf,
} from './references.ts';
import type { CheckSpec } from './spec.ts';

const named = (specs: Record<string, CheckSpec>) => Object.entries(specs).map(([id, spec]) => ({ id, spec }));

describe('referencesOf', () => {
  it.each<[CheckSpec, string[]]>([
    [{ container: { name: 'web' } }, []],
    [{ container: { of: 'web-runs' } }, ['web-runs']],
    [{ process: { exe: 'nginx', of: 'web', namespaces: { with: 'other', shared: ['net'] } } }, ['web', 'other']],
    [{ process: { exe: 'nginx', namespaces: { with: 'sandbox', differ: ['net'] } } }, []],
    [{ cgroup: { of: 'web', frozen: true } }, ['web']],
    [{ file: { path: '/x', of: 'web' } }, ['web']],
    [
      {
        event: {
          inOrder: [
            { action: 'a', of: 'web' },
            { action: 'b', of: 'web' },
          ],
        },
      },
      ['web'],
    ],
    [{ all: [{ not: { container: { of: 'a' } } }, { any: [{ cgroup: { of: 'b', frozen: true } }] }] }, ['a', 'b']],
    [{ answer: { question: 'q' } }, []],
  ])('%j refers to %j', (spec, references) => {
    expect(referencesOf(spec)).toEqual(references);
  });
});

it('gathers the names and questions that a check speaks of', () => {
  const spec: CheckSpec = {
    all: [{ container: { name: 'web' } }, { not: { container: { name: 'db' } } }, { answer: { question: 'q' } }],
  };
  expect(containerNamesOf(spec)).toEqual(['web', 'db']);
  expect(questionsOf(spec)).toEqual(['q']);
});

describe('containerNameOf', () => {
  const checks = named({
    'web-runs': { container: { name: 'web' } },
    shim: { process: { exe: 'containerd-shim-runc-v2', of: 'web-runs' } },
    any: { container: { image: 'nginx' } },
    loop: { container: { of: 'loop' } },
  });

  it.each([
    ['web-runs', 'web'],
    ['shim', 'web'],
    ['db', 'db'],
    ['any', 'any'],
    ['loop', 'loop'],
  ])('%s means %s', (reference, name) => {
    expect(containerNameOf(reference, checks)).toBe(name);
  });
});

describe('checkOrder', () => {
  it('puts each check after those it refers to and keeps the order else', () => {
    const checks = named({
      c: { cgroup: { of: 'b', frozen: true } },
      b: { process: { exe: 'nginx', of: 'a' } },
      x: { container: { name: 'x' } },
      a: { container: { name: 'a' } },
    });
    expect(checkOrder(checks)).toEqual({ order: ['x', 'a', 'b', 'c'], circular: [] });
  });

  it('sets apart what refers to itself, directly or not', () => {
    const checks = named({
      a: { container: { of: 'a' } },
      b: { container: { of: 'c' } },
      c: { container: { of: 'b' } },
      d: { container: { name: 'd' } },
    });
    expect(checkOrder(checks)).toEqual({ order: ['d'], circular: ['a', 'b', 'c'] });
  });
});

describe('checkProblems', () => {
  it('is content with checks and containers that exist', () => {
    const checks = named({
      runs: { container: { name: 'web' } },
      p: { process: { exe: 'nginx', of: 'runs' } },
      q: { process: { exe: 'nginx', of: 'db' } },
    });
    expect(checkProblems(checks, ['web', 'db'])).toEqual([]);
    expect(checkProblems(checks)).toEqual([]);
  });

  it('names circles, checks that find no container, and names that are nobody', () => {
    const checks = named({
      loop: { container: { of: 'loop' } },
      image: { image: { reference: 'nginx' } },
      bad: { process: { exe: 'nginx', of: 'image' } },
      typo: { process: { exe: 'nginx', of: 'web-rnus' } },
    });
    expect(checkProblems(checks, ['web'])).toEqual([
      { check: 'loop', message: 'refers, directly or in a circle, to itself' },
      {
        check: 'bad',
        message: 'refers to image, which is a check that finds no container (container, process and cgroup do)',
      },
      {
        check: 'typo',
        message:
          'refers to web-rnus, which is neither a check of this task nor a container that a check of this lab names',
      },
    ]);
  });
});
