import { describe, expect, it } from 'vitest';
import type { Facts, ProcessFact } from '#domain/facts/facts.ts';
import { find, said } from '../testing/find.ts';
import { AT, idOf, makeContainer, makeFacts, makeProcess, makeTree, ownNamespaces } from '../testing/make-facts.ts';
import type { ProcessSpec } from './process-spec.ts';

const web = makeContainer();
const tree = (...more: ProcessFact[]): Facts => makeFacts({ containers: [web], processes: [...makeTree(), ...more] });
const SHIM = 'containerd-shim-runc-v2';

describe('process: what is expected', () => {
  it.each<[ProcessSpec, string]>([
    [{ exe: 'nginx' }, 'process `nginx` runs'],
    [{ exe: 'nginx', of: 'web' }, 'process `nginx` of container `web` runs'],
    [{ exe: 'runc', absent: true }, 'no process `runc` runs'],
    [{ exe: 'nginx', count: { min: 2 } }, 'the number of running processes `nginx` is at least 2'],
    [{ exe: SHIM, of: 'web', parent: 'pid 1' }, `process \`${SHIM}\` of container \`web\` has the parent PID 1`],
    [{ exe: 'dockerd', restarted: true }, 'process `dockerd` was restarted since this step was opened'],
    [
      { of: 'web', main: true, namespaces: { with: 'sandbox', differ: ['pid', 'net'], shared: ['user'] } },
      'process of container `web` is the main process of its container, shares the user namespace of the sandbox and has other pid and net namespaces than the sandbox',
    ],
  ])('%j', (process, expected) => {
    expect(find({ process }, { now: tree() }).expected).toBe(expected);
  });
});

describe('process: the kernel tells which it is', () => {
  it.each<[ProcessSpec, string]>([
    [{ exe: 'dockerd' }, 'passed: `dockerd` (PID 50) has been running for 60 s'],
    [{ exe: '/usr/sbin/dockerd' }, 'passed: `dockerd` (PID 50) has been running for 60 s'],
    [{ exe: '/opt/dockerd' }, 'failed: no process `/opt/dockerd` runs; there is `dockerd` (PID 50)'],
    [{ exe: 'dokcerd' }, 'failed: no process `dokcerd` runs; there is `dockerd` (PID 50)'],
    [{ exe: 'runc', absent: true }, 'passed: no such process runs'],
    [{ exe: 'dockerd', absent: true }, 'failed: `dockerd` (PID 50) has been running for 60 s'],
    [{ exe: 'nginx', count: 2 }, 'passed: 2 such processes: `nginx` (PID 200) and `nginx` (PID 201)'],
    [{ exe: 'nginx', count: { max: 1 } }, 'failed: 2 such processes: `nginx` (PID 200) and `nginx` (PID 201)'],
    [{ exe: 'nginx' }, 'passed: `nginx` (PID 200) and `nginx` (PID 201) run'],
    [{ exe: 'nginx', argv: 'worker' }, 'passed: `nginx` (PID 201) has been running for 12 s'],
    [
      { exe: 'nginx', argv: ['worker', 'cache'] },
      'failed: `nginx` (PID 200) has the arguments `nginx: master process nginx -g daemon off;`',
    ],
    [{ exe: 'nginx', uid: 33 }, 'passed: `nginx` (PID 201) has been running for 12 s'],
    [{ exe: 'dockerd', uid: 1000 }, 'failed: `dockerd` (PID 50) runs as user id 0'],
    [{ exe: 'nginx', inContainer: false }, 'failed: `nginx` (PID 200) runs in a container'],
    [{ exe: 'nginx', main: true }, 'passed: `nginx` (PID 200) has been running for 12 s'],
    [{ exe: 'dockerd', main: true }, 'failed: `dockerd` (PID 50) is not the main process'],
    [{ exe: 'dockerd', parent: 'pid 1' }, 'passed: `dockerd` (PID 50) has been running for 60 s'],
    [{ exe: 'dockerd', parent: 'containerd' }, 'failed: `dockerd` (PID 50) has the parent PID 1 (tini)'],
    [{ exe: 'tini', parent: 'pid 1' }, 'failed: `tini` (PID 1) has its parent outside the sandbox'],
    [{ exe: 'nginx', uid: 33, ancestor: SHIM }, 'passed: `nginx` (PID 201) has been running for 12 s'],
    [
      { exe: 'nginx', main: true, ancestor: 'dockerd' },
      `failed: \`nginx\` (PID 200) does not descend from \`dockerd\`; its parent is PID 190 (${SHIM})`,
    ],
  ])('%j', (process, expected) => {
    expect(said({ process }, { now: tree() })).toBe(expected);
  });

  it('is not taken in by a forged name or a file of another make', () => {
    const forged = makeProcess({ pid: 77, comm: 'runc', exe: '/home/learner/runc', genuine: false });
    const renamed = makeProcess({ pid: 78, comm: 'runc', argv: ['runc'], exe: '/usr/bin/sleep' });
    expect(said({ process: { exe: 'runc' } }, { now: tree(forged, renamed) })).toBe(
      'failed: no process `runc` runs; PID 77 goes by that name, but is not the file that this lab came with',
    );
    expect(find({ process: { exe: 'runc', absent: true } }, { now: tree(forged, renamed) }).outcome).toBe('passed');
  });

  it('knows a daemon whose file was deleted or replaced while it runs, and no zombie', () => {
    const deleted = makeProcess({ pid: 80, exe: '/usr/local/bin/agent (deleted)' });
    const zombie = makeProcess({ pid: 81, state: 'Z', comm: 'runc', exe: null });
    expect(find({ process: { exe: 'agent' } }, { now: tree(deleted) }).outcome).toBe('passed');
    expect(find({ process: { exe: 'runc', absent: true } }, { now: tree(zombie) }).outcome).toBe('passed');
  });

  it('survives a circle of parents', () => {
    const now = makeFacts({ processes: [makeProcess({ pid: 5, ppid: 6 }), makeProcess({ pid: 6, ppid: 5 })] });
    expect(find({ process: { exe: 'dockerd', ancestor: 'tini' } }, { now }).outcome).toBe('failed');
  });
});

describe('process: of a container', () => {
  const other = makeContainer({ id: idOf('b'), name: 'db', pid: 300 });
  const otherShim = makeProcess({ pid: 290, exe: `/usr/bin/${SHIM}`, argv: [SHIM, '-id', idOf('a')], genuine: true });
  const otherMain = makeProcess({ pid: 300, innerPid: 1, ppid: 290, exe: '/usr/sbin/redis', containerId: idOf('b') });
  const two = makeFacts({ containers: [web, other], processes: [...makeTree(), otherShim, otherMain] });

  it('binds a shim by the main process it holds, whatever its arguments say', () => {
    const { outcome, observed, bound } = find({ process: { exe: SHIM, of: 'web' } }, { now: two });
    expect([outcome, observed]).toEqual(['passed', `\`${SHIM}\` (PID 190) has been running for 12 s`]);
    expect(bound).toEqual({
      container: { id: idOf('a'), name: 'web' },
      process: { pid: 190, startTicks: 19_000 },
    });
    expect(find({ process: { exe: SHIM, of: 'db' } }, { now: two }).bound?.process?.pid).toBe(290);
  });

  it('says whose shim it is that was found instead', () => {
    const now = { ...two, processes: [otherShim, otherMain] };
    expect(said({ process: { exe: SHIM, of: 'web' } }, { now })).toBe(
      `failed: \`${SHIM}\` (PID 290) is the shim of container \`db\``,
    );
  });

  it.each<[string, ProcessSpec, Partial<Facts>, string]>([
    ['another container', { exe: 'redis', of: 'web' }, {}, 'failed: `redis` (PID 300) is in container `db`'],
    ['none', { exe: 'dockerd', of: 'web' }, {}, 'failed: `dockerd` (PID 50) is in no container'],
    [
      'a name that is nobody',
      { exe: 'nginx', of: 'wbe' },
      {},
      'failed: no container is named `wbe`; there is `web` (running)',
    ],
    [
      'absent of nobody',
      { exe: 'nginx', of: 'gone', absent: true },
      {},
      'passed: no container is named `gone`; there are `web` (running) and `db` (running)',
    ],
    [
      'one that has ended',
      { exe: 'nginx', of: 'web' },
      { containers: [{ ...web, state: 'exited', exitCode: 1, pid: null, finishedAt: AT - 3_000 }], processes: [] },
      'failed: container `web` exited with code 1, 3 s ago',
    ],
  ])('%s', (_, process, facts, expected) => {
    expect(said({ process }, { now: { ...two, ...facts } })).toBe(expected);
  });

  it('needs no daemon once the name was seen: the kernel still tells', () => {
    const now = makeFacts({ processes: makeTree(), gaps: [{ part: 'daemon', reason: 'connection refused' }] });
    const baseline = makeFacts({ containers: [web], processes: makeTree() });
    expect(said({ process: { exe: 'nginx', of: 'web', unchanged: true } }, { now, baseline })).toBe(
      'passed: `nginx` (PID 200) and `nginx` (PID 201) still run',
    );
    expect(said({ process: { exe: 'nginx', of: 'web' } }, { now })).toBe(
      'unknown: the containers could not be listed: connection refused',
    );
  });
});

describe('process: namespaces', () => {
  it.each<[ProcessSpec['namespaces'], string]>([
    [
      { with: 'sandbox', differ: ['pid', 'mnt'], shared: ['user'] },
      'passed: `nginx` (PID 200) has been running for 12 s',
    ],
    [
      { with: 'sandbox', shared: ['net', 'user'] },
      'failed: `nginx` (PID 200) has another net namespace than the sandbox',
    ],
    [
      { with: 'sandbox', differ: ['user', 'net'] },
      'failed: `nginx` (PID 200) shares the user namespace of the sandbox',
    ],
    [{ with: 'web', shared: ['pid', 'net'] }, 'passed: `nginx` (PID 200) has been running for 12 s'],
    [
      { with: 'other', shared: ['net'] },
      'failed: `nginx` (PID 200) cannot be compared: no container is named `other`; there is `web` (running)',
    ],
  ])('%j', (namespaces, expected) => {
    expect(said({ process: { exe: 'nginx', main: true, ...(namespaces && { namespaces }) } }, { now: tree() })).toBe(
      expected,
    );
  });

  it('is unknown without PID 1 of the sandbox to compare with', () => {
    const now = makeFacts({ processes: [makeProcess({ namespaces: ownNamespaces(2) })] });
    expect(said({ process: { exe: 'dockerd', namespaces: { with: 'sandbox', differ: ['pid'] } } }, { now })).toMatch(
      /^unknown: .*PID 1 of the sandbox was not seen/,
    );
  });
});

describe('process: what could not be seen is unknown', () => {
  it('says why', () => {
    const now = makeFacts({ gaps: [{ part: 'processes', reason: 'the sandbox ended' }] });
    expect(said({ process: { exe: 'runc', absent: true } }, { now })).toBe(
      'unknown: the process table could not be read: the sandbox ended',
    );
  });

  it('is not sure of anything that a cut table could hide', () => {
    const now = { ...tree(), gaps: [{ part: 'processes', reason: 'only the first 4096 were read' }] };
    const outcome = (process: ProcessSpec) => find({ process }, { now }).outcome;
    expect(outcome({ exe: 'dockerd' })).toBe('passed');
    expect(outcome({ exe: 'dockerd', absent: true })).toBe('failed');
    expect(outcome({ exe: 'runc', absent: true })).toBe('unknown');
    expect(outcome({ exe: 'runc' })).toBe('unknown');
    expect(outcome({ exe: 'nginx', count: 2 })).toBe('unknown');
    expect(outcome({ exe: 'nginx', count: 1 })).toBe('failed');
    expect(outcome({ exe: 'nginx', count: { min: 2 } })).toBe('passed');
  });
});
