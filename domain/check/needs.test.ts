import { describe, expect, it } from 'vitest';
import { factNeedsSchema } from '#domain/facts/facts.ts';
import { mergeNeeds, needsOf, needsOfQuery } from './needs.ts';
import type { CheckSpec, FactQuery } from './spec.ts';

const nothing = factNeedsSchema.parse({});
const task = (specs: Record<string, CheckSpec>) => ({
  checks: Object.entries(specs).map(([id, spec]) => ({ id, spec, holds: false })),
});
const needs = (spec: CheckSpec) => needsOf([task({ it: spec })], { baselineSeq: 7 });

describe('needsOf', () => {
  it.each<[CheckSpec, Partial<typeof nothing>]>([
    [{ container: { name: 'web' } }, { containers: true, daemon: true }],
    [{ container: { image: 'nginx' } }, { containers: true, images: true, daemon: true }],
    [{ image: { reference: 'nginx' } }, { images: true, daemon: true }],
    [{ process: { exe: 'runc' } }, { processes: true }],
    [{ process: { exe: 'nginx', of: 'web' } }, { processes: true, containers: true, daemon: true }],
    [{ process: { exe: 'nginx', namespaces: { with: 'sandbox', differ: ['pid'] } } }, { processes: true }],
    [{ daemon: { service: 'containerd', running: true } }, { daemon: true }],
    [{ event: { action: 'start' } }, { eventsAfter: 7 }],
    [{ event: { action: 'start', of: 'web' } }, { eventsAfter: 7, containers: true, daemon: true }],
    [{ cgroup: { of: 'web', frozen: true } }, { cgroups: true, containers: true, daemon: true }],
    [{ file: { path: '/etc/motd' } }, { files: [{ path: '/etc/motd', container: null }] }],
    [{ answer: { question: 'q' } }, {}],
    [
      { not: { all: [{ process: { exe: 'runc' } }, { image: { reference: 'a' } }] } },
      { processes: true, images: true, daemon: true },
    ],
  ])('%j', (spec, expected) => {
    expect(needs(spec)).toEqual({ ...nothing, ...expected });
  });

  it('asks for a file of the container that the referred check names, once', () => {
    const specs: Record<string, CheckSpec> = {
      'web-runs': { container: { name: 'web' } },
      one: { file: { path: '/x', of: 'web-runs' } },
      two: { file: { path: '/x', of: 'web', contains: 'a' } },
    };
    expect(needsOf([task(specs)], { baselineSeq: null }).files).toEqual([{ path: '/x', container: 'web' }]);
  });

  it('asks for no events while the baseline is being taken', () => {
    expect(needsOf([task({ it: { event: { action: 'start' } } })], { baselineSeq: null }).eventsAfter).toBeNull();
  });

  it('gives what the schema of the RPC takes', () => {
    expect(factNeedsSchema.parse(needs({ container: { image: 'nginx' } }))).toEqual(
      needs({ container: { image: 'nginx' } }),
    );
    expect(needsOf([], { baselineSeq: 3 })).toEqual(nothing);
  });
});

it('mergeNeeds takes events from the earlier position', () => {
  expect(mergeNeeds({ ...nothing, eventsAfter: 9 }, { ...nothing, eventsAfter: 4 }).eventsAfter).toBe(4);
  expect(mergeNeeds({ ...nothing, eventsAfter: 9 }, nothing).eventsAfter).toBe(9);
});

describe('needsOfQuery', () => {
  it.each<[FactQuery, Partial<typeof nothing>]>([
    [{ process: { exe: 'dockerd' }, show: 'pid' }, { processes: true }],
    [
      { process: { exe: 'nginx', of: 'web' }, show: 'pid' },
      { processes: true, containers: true, daemon: true },
    ],
    [
      { container: { name: 'web' }, show: 'id' },
      { containers: true, daemon: true },
    ],
    [{ daemon: { service: 'dockerd' }, show: 'version' }, { daemon: true }],
    [
      { image: { reference: 'nginx' }, show: 'id' },
      { images: true, daemon: true },
    ],
    [{ event: { type: 'container' }, show: 'sequence' }, { eventsAfter: 0 }],
    [
      { cgroup: { of: 'web' }, show: 'pids' },
      { cgroups: true, containers: true, daemon: true },
    ],
    [
      { file: { path: '/x', of: 'web' }, show: 'mode' },
      { files: [{ path: '/x', container: 'web' }], containers: true, daemon: true },
    ],
  ])('%j', (query, expected) => {
    expect(needsOfQuery(query)).toEqual({ ...nothing, ...expected });
  });

  it('includes what binds the check it refers to', () => {
    const tasks = [task({ 'web-runs': { container: { name: 'web', image: 'nginx' } } })];
    const query: FactQuery = { process: { exe: 'nginx', of: 'web-runs' }, show: 'pid' };
    expect(needsOfQuery(query, tasks)).toMatchObject({ processes: true, containers: true, images: true });
    expect(needsOfQuery({ event: { type: 'image' }, show: 'count' }, tasks, { baselineSeq: 5 }).eventsAfter).toBe(5);
  });
});
