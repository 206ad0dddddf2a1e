import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCgroupCensusV1 } from './cgroup-census-v1.ts';
import { createCgroupCensusV2 } from './cgroup-census-v2.ts';
import { createFenceCountersV1 } from './fence-counters-v1.ts';
import { createFenceCountersV2 } from './fence-counters-v2.ts';

let root: string;
beforeEach(() => {
  // A tmpfs counts folders as links, as the kernel's own file systems do; not every disk does.
  root = fs.mkdtempSync('/dev/shm/fences-');
});
afterEach(() => fs.rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}
const folder = (name: string) => fs.mkdirSync(path.join(root, name), { recursive: true });

describe('counters, version 1', () => {
  beforeEach(() => {
    // As Linux 6.18 writes them.
    write('pids/docker/a/pids.current', '1024\n');
    write('pids/docker/a/pids.events', 'max 37\n');
    write('memory/docker/a/memory.max_usage_in_bytes', '1610612736\n');
    write(
      'cpu/docker/a/cpu.stat',
      'nr_periods 211\nnr_throttled 190\nthrottled_time 9876543210\nwait_sum 5\ncurrent_bw 1\nnr_bursts 0\nburst_time 0\n',
    );
    write('cpuacct/docker/a/cpuacct.usage', '31500000000\n');
  });

  it('are read from each hierarchy', () => {
    expect(createFenceCountersV1(root).read('/docker/a')).toEqual({
      ooms: null,
      killsForOthers: null,
      memoryBytes: 1610612736,
      pids: 1024,
      forksRefused: 37,
      periods: 211,
      throttled: 190,
      cpuMs: 31_500,
    });
    expect(createFenceCountersV1(root).read('/docker/b')).toBeNull();
  });

  it('let the mark of memory begin anew', () => {
    createFenceCountersV1(root).forgetPeak('/docker/a');
    expect(createFenceCountersV1(root).read('/docker/a')?.memoryBytes).toBe(0);
    expect(() => createFenceCountersV1(root).forgetPeak('/docker/b')).not.toThrow();
  });
});

describe('counters, version 2', () => {
  beforeEach(() => {
    // As Linux 6.12 writes them.
    write('docker/a/pids.current', '80\n');
    write('docker/a/pids.events', 'max 90\n');
    write('docker/a/pids.events.local', 'max 3\n');
    write('docker/a/memory.events', 'low 0\nhigh 0\nmax 812\noom 5\noom_kill 4\noom_group_kill 0\n');
    write('docker/a/memory.events.local', 'low 0\nhigh 0\nmax 812\noom 2\noom_kill 1\noom_group_kill 0\n');
    write('docker/a/memory.peak', '1610612736\n');
    write('docker/a/memory.current', '5000\n');
    write('docker/a/cpu.stat', 'usage_usec 31500000\nuser_usec 1\nsystem_usec 2\nnr_periods 211\nnr_throttled 190\n');
  });

  it('leave out what limits of the learner’s own containers did', () => {
    expect(createFenceCountersV2(root).read('/docker/a')).toEqual({
      ooms: 2,
      killsForOthers: -1,
      memoryBytes: 1610612736,
      pids: 80,
      forksRefused: 3,
      periods: 211,
      throttled: 190,
      cpuMs: 31_500,
    });
    expect(createFenceCountersV2(root).read('/docker/b')).toBeNull();
  });

  it('come from the older files where a kernel has no others', () => {
    fs.rmSync(path.join(root, 'docker/a/pids.events.local'));
    fs.rmSync(path.join(root, 'docker/a/memory.peak'));
    expect(createFenceCountersV2(root).read('/docker/a')).toMatchObject({ forksRefused: 90, memoryBytes: 5000 });
  });
});

describe('a census', () => {
  const bounds = { cgroups: 10, cgroupDepth: 3 };

  it('of version 2 is the kernel’s', () => {
    write('docker/a/cgroup.stat', 'nr_descendants 12\nnr_subsys_cpu 13\nnr_dying_descendants 4\n');
    expect(createCgroupCensusV2(root).count('/docker/a', bounds, 'all')).toEqual({ cgroups: 12, depth: 0, over: [] });
  });

  it('of version 1 counts each hierarchy and names those over the bounds', () => {
    for (let i = 0; i < 3; i++) folder(`pids/docker/a/docker/c${i}/inner`);
    for (let i = 0; i < 11; i++) folder(`memory/docker/a/f${i}`);
    folder('freezer/docker/a/1/2/3/4');
    folder('cpu/docker/a');
    folder('systemd');
    const census = createCgroupCensusV1(root).count('/docker/a', bounds, 'all');
    expect(census.cgroups).toBe(11);
    expect(census.depth).toBe(4);
    expect(census.over.map(each => path.relative(root, each)).sort()).toEqual(['freezer/docker/a', 'memory/docker/a']);
  });

  it('of version 1 knows how many the machine has in all', () => {
    const lines = ['#subsys_name\thierarchy\tnum_cgroups\tenabled', 'cpu\t1\t17\t1', 'memory\t4\t320\t1', ''];
    write('sums', lines.join('\n'));
    expect(createCgroupCensusV1(root, path.join(root, 'sums')).machine()).toBe(320);
    expect(createCgroupCensusV1(root, path.join(root, 'none')).machine()).toBe(0);
    expect(createCgroupCensusV2(root).machine()).toBeNull();
  });

  it('of version 1 sees nested ones in a round over the hierarchies', () => {
    for (let i = 0; i < 11; i++) folder(`memory/docker/a/top/f${i}`);
    folder('cpu/docker/a');
    folder('pids/docker/a');
    const census = createCgroupCensusV1(root);
    const over = [1, 2, 3].map(turn => census.count('/docker/a', bounds, turn).over.length);
    expect(over.sort()).toEqual([0, 0, 1]);
  });

  it('lists no folder with more children than allowed', () => {
    for (let i = 0; i < 50; i++) folder(`pids/docker/a/f${i}/deep/deeper`);
    const census = createCgroupCensusV1(root).count('/docker/a', bounds, 'all');
    expect(census).toMatchObject({ cgroups: 50, depth: 1 });
  });

  it('of a sandbox that is gone is empty', () => {
    folder('pids/docker');
    expect(createCgroupCensusV1(root).count('/docker/a', bounds, 'all')).toEqual({ cgroups: 0, depth: 0, over: [] });
  });
});
