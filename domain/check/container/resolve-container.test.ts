import { describe, expect, it } from 'vitest';
import type { Bindings } from '../kind.ts';
import { idOf, makeContainer, makeFacts, makeProcess, makeTree } from '../testing/make-facts.ts';
import { mainProcess, resolveContainer } from './resolve-container.ts';

const web = makeContainer();
const db = makeContainer({ id: idOf('b'), name: 'db' });
const now = makeFacts({ containers: [web, db] });
const dead = makeFacts({ gaps: [{ part: 'daemon', reason: 'connection refused' }] });
const bound = (id: string, name: string | null) => ({ container: { id: idOf(id), name }, process: null });

describe('resolveContainer', () => {
  it('prefers the check of that id to the container of that name', () => {
    const bindings: Bindings = { web: { outcome: 'passed', observed: '', bound: bound('b', 'db') } };
    expect(resolveContainer('web', { now, baseline: null, bindings })).toEqual({
      found: true,
      id: db.id,
      name: 'db',
      fact: db,
    });
    expect(resolveContainer('web', { now, baseline: null, bindings: {} })).toEqual({
      found: true,
      id: web.id,
      name: 'web',
      fact: web,
    });
  });

  it('follows a container that was renamed since it was bound', () => {
    const bindings: Bindings = { it: { outcome: 'passed', observed: '', bound: bound('b', 'old-name') } };
    expect(resolveContainer('it', { now, baseline: null, bindings })).toMatchObject({ name: 'db' });
  });

  it('keeps the last name and id while the daemon is dead', () => {
    expect(resolveContainer('web', { now: dead, baseline: now, bindings: {} })).toEqual({
      found: true,
      id: web.id,
      name: 'web',
      fact: null,
    });
  });

  it.each<[string, Parameters<typeof resolveContainer>[1], 'failed' | 'unknown', string]>([
    [
      'nobody',
      { now, baseline: now, bindings: {} },
      'failed',
      'no container is named `nobody`; there are `web` (running) and `db` (running)',
    ],
    [
      'web',
      { now: dead, baseline: null, bindings: {} },
      'unknown',
      'the containers could not be listed: connection refused',
    ],
    [
      'x',
      { now, baseline: null, bindings: { x: { outcome: 'unknown', observed: 'not seen' } } },
      'unknown',
      'not seen',
    ],
    [
      'x',
      { now, baseline: null, bindings: { x: { outcome: 'failed', observed: 'no such' } } },
      'failed',
      'check `x` found no container: no such',
    ],
    ['constructor', { now, baseline: null, bindings: {} }, 'failed', 'no container is named `constructor`'],
    [
      'new',
      { now: { ...now, gaps: [{ part: 'containers', reason: 'cut' }] }, baseline: null, bindings: {} },
      'unknown',
      'not every container could be seen: cut',
    ],
  ])('%s is nobody we know', (reference, scope, outcome, observed) => {
    const resolved = resolveContainer(reference, scope);
    expect(resolved).toMatchObject({ found: false, outcome });
    expect(resolved.found ? '' : resolved.observed).toContain(observed);
  });
});

describe('mainProcess', () => {
  it('is the one that the daemon names, if the kernel says that it is in the container', () => {
    expect(mainProcess(makeTree(), web.id, makeContainer({ pid: 201 }))?.pid).toBe(201);
    expect(mainProcess(makeTree(), web.id, makeContainer({ pid: 50 }))?.pid).toBe(200);
  });

  it('is PID 1 of its own namespace when the daemon is silent', () => {
    expect(mainProcess(makeTree(), web.id, null)?.pid).toBe(200);
    expect(mainProcess([makeProcess()], web.id, null)).toBeNull();
  });
});
