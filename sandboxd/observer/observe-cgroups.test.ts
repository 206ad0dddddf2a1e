import { expect, it } from 'vitest';
import type { Cgroups } from '../host/cgroups.ts';
import { observeCgroups } from './observe-cgroups.ts';

const id = '0123456789abcdef'.repeat(4);
const reading = {
  memoryLimitBytes: 1,
  memoryBytes: 1,
  cpus: null,
  pidsLimit: null,
  pids: 1,
  frozen: false,
  oomKills: 0,
};

it.each([
  [`/docker/s/docker/${id}`, `/docker/s/docker/${id}`],
  [`/docker/s/docker/${id}/below/it`, `/docker/s/docker/${id}`],
  [`/docker/s/system.slice/docker-${id}.scope/init`, `/docker/s/system.slice/docker-${id}.scope`],
])('reads the container’s own cgroup: %s', (path, own) => {
  const read: string[] = [];
  const recording = (at: string) => {
    read.push(at);
    return reading;
  };
  const cgroups = { read: recording } as unknown as Cgroups;
  const processes = [
    { outerPid: 10, innerPid: 1, containerId: id },
    { outerPid: 11, innerPid: 2, containerId: id },
    { outerPid: 12, innerPid: 12, containerId: null },
  ];
  const paths = new Map([10, 11, 12].map(pid => [pid, path]));
  expect(observeCgroups(cgroups, processes, paths)).toEqual([{ containerId: id, ...reading }]);
  expect(read).toEqual([own]);
});
