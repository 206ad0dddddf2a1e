import { describe, expect, it } from 'vitest';
import type { ProcessFact } from '#domain/facts/facts.ts';
import { idOf, makeFacts, makeProcess, makeTree } from '../testing/make-facts.ts';
import { exeName, isImpostor, isShim, runsExe, sameProcess, viewProcesses } from './process-view.ts';

describe('runsExe', () => {
  it.each<[string, Partial<ProcessFact>, boolean]>([
    ['dockerd', { exe: '/usr/sbin/dockerd', genuine: true }, true],
    ['dockerd', { exe: '/usr/sbin/dockerd', genuine: null }, true],
    ['dockerd', { exe: '/tmp/dockerd', genuine: false }, false],
    ['/usr/sbin/dockerd', { exe: '/tmp/dockerd' }, false],
    ['dockerd', { exe: '/usr/sbin/dockerd (deleted)' }, true],
    ['dockerd', { exe: '/usr/bin/bash', comm: 'dockerd', argv: ['dockerd'] }, false],
    ['dockerd', { exe: null, comm: 'dockerd' }, false],
    ['[dockerd]', { exe: null, comm: 'dockerd' }, false],
    ['docker', { exe: '/usr/sbin/dockerd' }, false],
    ['', { exe: '/' }, true],
  ])('%s by %j: %s', (wanted, fact, runs) => {
    expect(runsExe(wanted, makeProcess(fact))).toBe(runs);
  });
});

it('an impostor goes by the name without being the file', () => {
  const copy = makeProcess({ exe: '/tmp/containerd-shim-runc-v2', comm: 'containerd-shim', genuine: false });
  expect(isImpostor('containerd-shim-runc-v2', copy)).toBe(true);
  expect(isImpostor('runc', copy)).toBe(false);
  expect(isImpostor('containerd-shim-runc-v2', { ...copy, genuine: null })).toBe(false);
});

it('a shim stands outside containers', () => {
  const shim = makeProcess({ exe: '/usr/bin/containerd-shim-runc-v2' });
  expect(isShim(shim)).toBe(true);
  expect(isShim({ ...shim, containerId: idOf('a') })).toBe(false);
  expect(isShim({ ...shim, genuine: false })).toBe(false);
  expect(isShim(makeProcess())).toBe(false);
});

it('shows a zombie by its name in brackets', () => {
  expect(exeName(makeProcess({ exe: null, comm: 'sh' }))).toBe('[sh]');
});

it('the same PID with another start is another process', () => {
  const process = makeProcess();
  expect(sameProcess(process, { ...process })).toBe(true);
  expect(sameProcess(process, { ...process, startTicks: 1 })).toBe(false);
});

describe('viewProcesses', () => {
  it('finds the main process of the container meant', () => {
    const of = { found: true, id: idOf('a'), name: 'web', fact: null } as const;
    expect(viewProcesses(makeFacts({ processes: makeTree() }), of)?.container?.main?.pid).toBe(200);
    expect(viewProcesses(makeFacts({ processes: [] }), of)?.container?.main).toBeNull();
  });

  it('is null where no processes were seen', () => {
    expect(viewProcesses(makeFacts(), null)).toBeNull();
  });
});
