import { describe, expect, it } from 'vitest';
import type { ContainerFact } from '#domain/facts/facts.ts';
import { find, said } from '../testing/find.ts';
import { AT, idOf, makeContainer, makeFacts, makeImage } from '../testing/make-facts.ts';
import type { ContainerSpec } from './container-spec.ts';

const containers = (...facts: Partial<ContainerFact>[]) => makeFacts({ containers: facts.map(makeContainer) });
const exited: Partial<ContainerFact> = { state: 'exited', exitCode: 137, pid: null, finishedAt: AT - 4_000 };

describe('container: what is expected', () => {
  it.each<[ContainerSpec, string]>([
    [{ name: 'web', state: 'running' }, 'container `web` is running'],
    [{ name: 'web' }, 'there is a container named `web`'],
    [{ name: 'web', absent: true }, 'there is no container named `web`'],
    [{ name: 'web', state: 'running', absent: true }, 'there is no container `web` that is running'],
    [{ image: 'nginx', state: 'running', absent: true }, 'no container is running and runs image `nginx`'],
    [{ nameMatches: 'web-*', count: { min: 2 } }, 'the number of containers named like `web-*` is at least 2'],
    [{ image: 'nginx' }, 'a container runs image `nginx`'],
    [{ absent: true }, 'there is no container'],
    [
      { name: 'web', state: ['running', 'paused'], memory: '512m', exitCode: 0 },
      'container `web` is running or paused, exited with code 0 and has a memory limit of 512 MiB',
    ],
    [{ name: 'api', createdByCli: false }, 'container `api` was created without the docker CLI'],
  ])('%j', (container, expected) => {
    expect(find({ container }).expected).toBe(expected);
  });
});

describe('container: one by name', () => {
  it.each<[ContainerSpec, Partial<ContainerFact>[], string]>([
    [
      { name: 'web', state: 'running', image: 'nginx' },
      [{}],
      'passed: container `web` (image `nginx`) has been running for 12 s',
    ],
    [{ name: 'web', state: 'running' }, [exited], 'failed: container `web` exited with code 137, 4 s ago'],
    [
      { name: 'web', state: 'running' },
      [{ ...exited, oomKilled: true }],
      'failed: container `web` exited with code 137, 4 s ago, killed for lack of memory',
    ],
    [
      { name: 'web', state: 'running' },
      [{ state: 'created', startedAt: null }],
      'failed: container `web` was created and never started',
    ],
    [{ name: 'web', state: 'running' }, [{ state: 'paused' }], 'failed: container `web` is paused'],
    [
      { name: 'web', state: 'running' },
      [{ name: 'wbe' }],
      'failed: no container is named `web`; there is `wbe` (running)',
    ],
    [
      { name: 'web', state: 'running' },
      [{ name: 'Web', ...exited }],
      'failed: no container is named `web`; there is `Web` (exited with code 137)',
    ],
    [
      { name: 'web', state: 'running' },
      [{ name: 'database' }, { id: idOf('b'), name: 'cache' }],
      'failed: no container is named `web`; there are `database` (running) and `cache` (running)',
    ],
    [{ name: 'web' }, [], 'failed: no container is named `web`; there is no container at all'],
    [{ name: 'web', image: 'nginx' }, [{ image: 'httpd' }], 'failed: container `web` is from image `httpd`'],
    [
      { name: 'web', state: 'running', image: 'nginx' },
      [{ ...exited, image: 'httpd' }],
      'failed: container `web` exited with code 137, 4 s ago and is from image `httpd`',
    ],
    [{ name: 'web', absent: true }, [], 'passed: no container is named `web`'],
    [{ name: 'web', absent: true }, [{}], 'failed: container `web` (image `nginx`) has been running for 12 s'],
    [
      { name: 'web', state: 'running', absent: true },
      [exited],
      'passed: container `web` exited with code 137, 4 s ago',
    ],
  ])('%j', (container, facts, expected) => {
    expect(said({ container }, { now: containers(...facts) })).toBe(expected);
  });
});

describe('container: any that fits', () => {
  const three = [
    { id: idOf('a'), name: 'one', image: 'httpd' },
    { id: idOf('b'), name: 'two', image: 'nginx', ...exited },
    { id: idOf('c'), name: 'web-3', image: 'busybox' },
  ];

  it('names the nearest of several', () => {
    expect(said({ container: { image: 'nginx', state: 'running' } }, { now: containers(...three) })).toBe(
      'failed: of 3 containers the nearest: container `one` is from image `httpd`',
    );
  });

  it('counts those that meet every condition', () => {
    const now = containers(...three);
    expect(said({ container: { state: 'running', count: 2 } }, { now })).toBe(
      'passed: 2 such containers: `one` (running) and `web-3` (running)',
    );
    expect(said({ container: { state: 'running', count: { max: 1 } } }, { now })).toMatch(/^failed: 2 such containers/);
    expect(find({ container: { nameMatches: 'web-*', count: 1 } }, { now }).outcome).toBe('passed');
    expect(find({ container: { nameMatches: 'web', count: 1 } }, { now }).outcome).toBe('failed');
    expect(find({ container: { absent: true } }, { now }).outcome).toBe('failed');
  });

  it('binds the one it found, and a named one even where it fails', () => {
    const now = containers(...three);
    const bound = (id: string, name: string) => ({ container: { id: idOf(id), name }, process: null });
    expect(find({ container: { image: 'busybox' } }, { now }).bound).toEqual(bound('c', 'web-3'));
    expect(find({ container: { name: 'two', state: 'running' } }, { now }).bound).toEqual(bound('b', 'two'));
    expect(find({ container: { image: 'redis' } }, { now }).bound).toBeUndefined();
  });
});

describe('container: the image it runs', () => {
  const id = `sha256:${idOf('1')}`;
  const digest = `docker.io/library/nginx@sha256:${idOf('d')}`;
  const images = [makeImage({ id, tags: ['nginx:latest'], digests: [`nginx@sha256:${idOf('d')}`] })];

  it.each([
    ['nginx', 'nginx', true],
    ['nginx', 'nginx:latest', true],
    ['nginx', 'docker.io/library/nginx', true],
    ['nginx:latest', 'nginx', true],
    ['nginx', id, true],
    ['nginx', idOf('1').slice(0, 12), true],
    ['nginx', digest, true],
    [digest, 'nginx', true],
    [idOf('1').slice(0, 12), 'nginx', true],
    ['nginx', 'nginx:1.27', false],
    ['nginx', 'localhost:5000/nginx', false],
    ['nginx', 'someone/nginx', false],
  ])('%s is met by a container created from %s: %s', (wanted, image, fits) => {
    const imageId = fits ? id : `sha256:${idOf('2')}`;
    const now = makeFacts({ containers: [makeContainer({ image, imageId })], images });
    expect(find({ container: { name: 'web', image: wanted } }, { now }).outcome).toBe(fits ? 'passed' : 'failed');
  });
});

describe('container: what could not be seen is unknown', () => {
  const gaps = [{ part: 'daemon', reason: 'connection refused' }];
  const unseen = makeFacts({ gaps });

  it('says why', () => {
    expect(said({ container: { name: 'web', state: 'running' } }, { now: unseen })).toBe(
      'unknown: the containers could not be listed: connection refused',
    );
    expect(find({ container: { name: 'web', absent: true } }, { now: unseen }).outcome).toBe('unknown');
  });

  it('still binds the container of this name from the baseline', () => {
    const { outcome, bound } = find({ container: { name: 'web' } }, { now: unseen, baseline: containers({}) });
    expect(outcome).toBe('unknown');
    expect(bound?.container).toEqual({ id: idOf('a'), name: 'web' });
  });

  it('is not sure of anything that a cut list could hide', () => {
    const cut = { ...containers({}), gaps: [{ part: 'containers', reason: 'only the first 200 were listed' }] };
    const outcome = (container: ContainerSpec) => find({ container }, { now: cut }).outcome;
    expect(outcome({ name: 'web', state: 'running' })).toBe('passed');
    expect(outcome({ name: 'web', state: 'exited' })).toBe('failed');
    expect(outcome({ name: 'db' })).toBe('unknown');
    expect(outcome({ name: 'db', absent: true })).toBe('unknown');
    expect(outcome({ image: 'nginx', count: 1 })).toBe('unknown');
    expect(outcome({ image: 'nginx', absent: true })).toBe('failed');
    expect(said({ container: { name: 'db' } }, { now: cut })).toContain(
      'not every container could be seen: only the first 200 were listed',
    );
  });
});
