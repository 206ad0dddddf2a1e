import { describe, expect, it } from 'vitest';
import type { Facts } from '#domain/facts/facts.ts';
import { examineTask } from './evaluate.ts';
import { readFact, referencesOfQuery } from './fact-query.ts';
import type { Bindings } from './kind.ts';
import { type FactQuery, factQuerySchema } from './spec.ts';
import {
  AT,
  idOf,
  makeCgroup,
  makeContainer,
  makeDaemon,
  makeEvent,
  makeFacts,
  makeFile,
  makeImage,
  makeTree,
} from './testing/make-facts.ts';

const SHIM = 'containerd-shim-runc-v2';
const facts = makeFacts({
  daemon: makeDaemon({ defaultRuntime: null }),
  containerd: { state: 'up', pid: 40, startTicks: 4_000 },
  containers: [
    makeContainer({ memoryBytes: 512 * 1024 ** 2, ports: [{ container: 80, protocol: 'tcp', host: 8080 }] }),
    makeContainer({
      id: idOf('b'),
      name: 'old',
      image: 'busybox',
      state: 'exited',
      pid: null,
      exitCode: 3,
      finishedAt: AT - 4_000,
    }),
  ],
  images: [
    makeImage(),
    makeImage({ id: `sha256:${idOf('2')}`, tags: ['busybox:latest'], digests: [`busybox@sha256:${idOf('e')}`] }),
  ],
  processes: makeTree(),
  events: [
    makeEvent({ seq: 4, action: 'create' }),
    makeEvent({ seq: 5, action: 'exec_create: sh -c date' }),
    makeEvent({ seq: 6, action: 'start' }),
  ],
  cgroups: [makeCgroup({ memoryLimitBytes: 512 * 1024 ** 2, frozen: true })],
  files: [makeFile({ mode: 0o100600 }), makeFile({ container: 'web', content: null, kind: 'absent' })],
});

const read = (query: FactQuery, from: Facts = facts, bindings: Bindings = {}, baseline: Facts | null = null) => {
  const reading = readFact(factQuerySchema.parse(query), from, bindings, baseline);
  return reading.known ? [reading.value, reading.shown] : reading.reason;
};

describe('readFact: process', () => {
  it.each<[FactQuery, unknown]>([
    [{ process: { exe: SHIM, of: 'web' }, show: 'parent' }, ['tini', 'PID 1 (tini)']],
    [{ process: { exe: SHIM, of: 'web' }, show: 'ppid' }, [1, 'PID 1 (tini)']],
    [{ process: { exe: SHIM, of: 'web' }, show: 'pid' }, [190, `PID 190 (${SHIM})`]],
    [{ process: { exe: 'nginx', of: 'web' }, show: 'pid' }, [200, 'PID 200 (nginx)']],
    [{ process: { exe: 'nginx', main: true, of: 'web' }, show: 'innerPid' }, [1, 'PID 1 in its own namespace']],
    [{ process: { exe: 'nginx', uid: 33 }, show: 'uid' }, [33, '33']],
    [{ process: { exe: 'dockerd' }, show: 'exe' }, ['/usr/sbin/dockerd', '/usr/sbin/dockerd']],
    [{ process: { exe: 'nginx', of: 'web' }, show: 'count' }, [2, '2']],
    [
      { process: { exe: 'nginx', of: 'web' }, show: 'argv' },
      ['nginx: master process nginx -g daemon off;', 'nginx: master process nginx -g daemon off;'],
    ],
    [{ process: { exe: 'dockerd' }, show: 'startedAt' }, [AT - 60_000, '17:45:40 UTC']],
    [{ process: { exe: 'dockerd' }, show: 'pidns' }, ['4026532004', '4026532004']],
    [{ process: { exe: 'tini' }, show: 'parent' }, 'its parent is outside the sandbox'],
    [{ process: { exe: 'runc' }, show: 'pid' }, 'no process runc runs'],
    [{ process: { exe: 'runc' }, show: 'count' }, [0, '0']],
    [
      { process: { parent: 'pid 1' }, show: 'pid' },
      `there are 3 such processes: \`containerd\` (PID 40), \`dockerd\` (PID 50) and \`${SHIM}\` (PID 190)`,
    ],
    [
      { process: { exe: 'nginx', of: 'nobody' }, show: 'pid' },
      'no container is named `nobody`; there are `web` (running) and `old` (exited with code 3)',
    ],
  ])('%j', (query, expected) => {
    expect(read(query)).toEqual(expected);
  });

  it('takes the container from a check of the step', () => {
    const checks = [{ id: 'web-runs', spec: { container: { image: 'nginx' } }, holds: false }];
    const { bindings } = examineTask({ id: 't', checks }, { now: facts, baseline: null, answers: {} });
    expect(read({ process: { exe: SHIM, of: 'web-runs' }, show: 'pid' }, facts, bindings)).toEqual([
      190,
      `PID 190 (${SHIM})`,
    ]);
  });
});

describe('readFact: container', () => {
  it.each<[FactQuery, unknown]>([
    [{ container: { name: 'web' }, show: 'id' }, [idOf('a'), 'aaaaaaaaaaaa']],
    [{ container: { name: 'web' }, show: 'pid' }, [200, 'PID 200']],
    [{ container: { name: 'old' }, show: 'pid' }, 'container `old` exited with code 3, 4 s ago'],
    [{ container: { name: 'old' }, show: 'exitCode' }, [3, '3']],
    [{ container: { name: 'web' }, show: 'exitCode' }, 'container `web` has been running for 12 s'],
    [{ container: { name: 'web' }, show: 'image' }, ['nginx', 'nginx']],
    [{ container: { image: 'busybox' }, show: 'name' }, ['old', 'old']],
    [{ container: { name: 'web' }, show: 'command' }, ['nginx -g daemon off;', 'nginx -g daemon off;']],
    [{ container: { name: 'web' }, show: 'memory' }, [536_870_912, '512 MiB']],
    [{ container: { name: 'web' }, show: 'cpus' }, ['none', 'no limit']],
    [{ container: { name: 'web' }, show: 'hostPort' }, [8080, '8080']],
    [{ container: { name: 'old' }, show: 'hostPort' }, 'container `old` publishes no port'],
    [{ container: {}, show: 'count' }, [2, '2']],
    [{ container: {}, show: 'id' }, 'there are 2 such containers: `web` (running) and `old` (exited with code 3)'],
    [{ container: { name: 'wbe' }, show: 'id' }, 'no container is named `wbe`; there is `web` (running)'],
  ])('%j', (query, expected) => {
    expect(read(query)).toEqual(expected);
  });
});

describe('readFact: the rest', () => {
  it.each<[FactQuery, unknown]>([
    [{ daemon: { service: 'dockerd' }, show: 'version' }, ['26.1.5', '26.1.5']],
    [{ daemon: { service: 'dockerd' }, show: 'pid' }, [50, 'PID 50 (dockerd)']],
    [{ daemon: { service: 'dockerd' }, show: 'liveRestore' }, ['on', 'on']],
    [{ daemon: { service: 'dockerd' }, show: 'defaultRuntime' }, '`dockerd` does not tell it'],
    [{ daemon: { service: 'containerd' }, show: 'state' }, ['up', 'up']],
    [{ daemon: { service: 'containerd' }, show: 'version' }, '`containerd` does not tell it'],
    [{ image: { reference: 'nginx' }, show: 'id' }, [`sha256:${idOf('1')}`, '111111111111']],
    [{ image: { reference: 'nginx' }, show: 'digest' }, 'the image has no digest: it came from no registry'],
    [{ image: { reference: 'busybox' }, show: 'digest' }, [`sha256:${idOf('e')}`, 'eeeeeeeeeeee']],
    [{ image: {}, show: 'count' }, [2, '2']],
    [{ image: { reference: 'redis' }, show: 'id' }, 'there is no image `redis`'],
    [{ event: { of: 'web' }, show: 'sequence' }, ['create, exec_create, start', 'create, exec_create, start']],
    [{ event: { action: 'die' }, show: 'sequence' }, 'there was no `die`'],
    [{ event: { action: 'die' }, show: 'count' }, [0, '0']],
    [{ cgroup: { of: 'web' }, show: 'memoryLimit' }, [536_870_912, '512 MiB']],
    [{ cgroup: { of: 'web' }, show: 'pidsLimit' }, ['none', 'no limit']],
    [{ cgroup: { of: 'web' }, show: 'frozen' }, ['on', 'frozen']],
    [{ cgroup: { of: 'old' }, show: 'pids' }, 'container `old` has no cgroup now'],
    [{ file: { path: '/etc/motd' }, show: 'content' }, ['hello', 'hello']],
    [{ file: { path: '/etc/motd' }, show: 'mode' }, ['0600', '0600']],
    [{ file: { path: '/etc/motd', of: 'web' }, show: 'bytes' }, '`/etc/motd` is not there'],
    [{ file: { path: '/etc/passwd' }, show: 'bytes' }, 'the file could not be read'],
  ])('%j', (query, expected) => {
    expect(read(query)).toEqual(expected);
  });

  it('counts events from the baseline on', () => {
    expect(read({ event: { of: 'web' }, show: 'sequence' }, facts, {}, makeFacts({ seq: 5 }))).toEqual([
      'start',
      'start',
    ]);
  });
});

describe('readFact: what could not be seen', () => {
  const unseen = makeFacts({ gaps: [{ part: 'daemon', reason: 'timed out' }] });
  const cut = {
    ...facts,
    gaps: ['containers', 'processes', 'images', 'events'].map(part => ({ part, reason: 'cut' })),
  };

  it.each<[FactQuery, string, string | null]>([
    [
      { process: { exe: 'runc' }, show: 'count' },
      'the process table could not be read',
      'not every process could be seen: cut',
    ],
    [
      { container: {}, show: 'count' },
      'the containers could not be listed: timed out',
      'not every container could be seen: cut',
    ],
    [{ image: {}, show: 'count' }, 'the images could not be listed: timed out', 'not every image could be seen: cut'],
    [
      { event: { action: 'start' }, show: 'count' },
      'the journal of events could not be read',
      'not every event could be seen: cut',
    ],
    [{ daemon: { service: 'dockerd' }, show: 'pid' }, 'dockerd could not be looked at: timed out', null],
    [{ cgroup: { of: 'web' }, show: 'pids' }, 'the containers could not be listed: timed out', null],
  ])('%j has a reason, and no number', (query, reason, whenCut) => {
    expect(read(query, unseen)).toBe(reason);
    if (whenCut !== null) expect(read(query, cut)).toBe(whenCut);
  });
});

it('referencesOfQuery gives what must be bound', () => {
  expect(referencesOfQuery({ process: { exe: SHIM, of: 'web-runs' }, show: 'pid' })).toEqual(['web-runs']);
  expect(referencesOfQuery({ daemon: { service: 'dockerd' }, show: 'pid' })).toEqual([]);
});
