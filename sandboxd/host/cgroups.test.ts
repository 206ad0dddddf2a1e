import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCgroupsV1 } from './cgroups-v1.ts';
import { createCgroupsV2 } from './cgroups-v2.ts';
import { detectCgroups } from './detect-cgroups.ts';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cgroups-'));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

function write(file: string, text: string) {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}
const uid = process.getuid?.() ?? 0;

describe('cgroups, version 1', () => {
  const limited = () => {
    write('memory/docker/a/memory.limit_in_bytes', '67108864\n');
    write('memory/docker/a/memory.usage_in_bytes', '1000\n');
    write('memory/docker/a/memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n');
    write('cpu/docker/a/cpu.cfs_quota_us', '50000\n');
    write('cpu/docker/a/cpu.cfs_period_us', '100000\n');
    write('pids/docker/a/pids.max', '50\n');
    write('pids/docker/a/pids.current', '4\n');
    write('freezer/docker/a/freezer.state', 'FROZEN\n');
  };

  it('reads limits and counters', () => {
    limited();
    expect(createCgroupsV1(root).read('/docker/a')).toEqual({
      memoryLimitBytes: 67108864,
      memoryBytes: 1000,
      cpus: 0.5,
      pidsLimit: 50,
      pids: 4,
      frozen: true,
      oomKills: 3,
    });
  });

  it('reads "no limit" as null', () => {
    write('memory/docker/a/memory.limit_in_bytes', '9223372036854771712\n');
    write('cpu/docker/a/cpu.cfs_quota_us', '-1\n');
    write('cpu/docker/a/cpu.cfs_period_us', '100000\n');
    write('pids/docker/a/pids.max', 'max\n');
    expect(createCgroupsV1(root).read('/docker/a')).toMatchObject({
      memoryLimitBytes: null,
      cpus: null,
      pidsLimit: null,
      frozen: false,
    });
  });

  it('is null for a cgroup that is gone', () => {
    expect(createCgroupsV1(root).read('/docker/none')).toBeNull();
  });

  it('needs every hierarchy to delegate, and follows no link between them', () => {
    write('memory/docker/a/cgroup.procs', '');
    write('memory/docker/a/tasks', '');
    fs.symlinkSync('memory', path.join(root, 'alias'));
    expect(() => createCgroupsV1(root).delegate('a', uid, { cgroups: 400, cgroupDepth: 8 })).not.toThrow();
    fs.mkdirSync(path.join(root, 'cpu'));
    expect(() => createCgroupsV1(root).delegate('a', uid, { cgroups: 400, cgroupDepth: 8 })).toThrow(/ENOENT/);
  });

  it('thaws', () => {
    limited();
    createCgroupsV1(root).thaw('/docker/a');
    expect(fs.readFileSync(path.join(root, 'freezer/docker/a/freezer.state'), 'utf8')).toBe('THAWED');
    expect(() => createCgroupsV1(root).thaw('/docker/none')).not.toThrow();
  });
});

describe('cgroups, version 2', () => {
  const limited = () => {
    write('docker/a/memory.max', '67108864\n');
    write('docker/a/memory.current', '1000\n');
    write('docker/a/memory.events', 'low 0\nhigh 0\nmax 9\noom 4\noom_kill 3\noom_group_kill 0\n');
    write('docker/a/cpu.max', '50000 100000\n');
    write('docker/a/pids.max', '50\n');
    write('docker/a/pids.current', '4\n');
    write('docker/a/cgroup.events', 'populated 1\nfrozen 1\n');
  };

  it('reads limits and counters', () => {
    limited();
    expect(createCgroupsV2(root).read('/docker/a')).toEqual({
      memoryLimitBytes: 67108864,
      memoryBytes: 1000,
      cpus: 0.5,
      pidsLimit: 50,
      pids: 4,
      frozen: true,
      oomKills: 3,
    });
  });

  it('reads "no limit" as null', () => {
    write('docker/a/memory.max', 'max\n');
    write('docker/a/cpu.max', 'max 100000\n');
    write('docker/a/pids.max', 'max\n');
    expect(createCgroupsV2(root).read('/docker/a')).toMatchObject({
      memoryLimitBytes: null,
      cpus: null,
      pidsLimit: null,
    });
  });

  it('delegates the folder and the process lists, and bounds what is made below', () => {
    for (const name of ['cgroup.procs', 'cgroup.threads', 'cgroup.subtree_control']) write(`docker/a/${name}`, '');
    createCgroupsV2(root).delegate('a', uid, { cgroups: 400, cgroupDepth: 8 });
    expect(fs.readFileSync(path.join(root, 'docker/a/cgroup.max.depth'), 'utf8')).toBe('8');
    expect(fs.readFileSync(path.join(root, 'docker/a/cgroup.max.descendants'), 'utf8')).toBe('400');
    expect(() => createCgroupsV2(root).delegate('none', uid, { cgroups: 400, cgroupDepth: 8 })).toThrow(/ENOENT/);
  });

  it('lets no wish to swap come after the waking', async () => {
    const cgroups = createCgroupsV2(root);
    write('docker/a/memory.swap.max', '0');
    write('docker/a/memory.current', '1000\n');
    const reclaimed = cgroups.reclaim('/docker/a');
    expect(fs.readFileSync(path.join(root, 'docker/a/memory.swap.max'), 'utf8')).toBe('max');
    cgroups.endReclaim('/docker/a');
    await reclaimed;
    expect(fs.readFileSync(path.join(root, 'docker/a/memory.swap.max'), 'utf8')).toBe('0');
  });

  it('thaws', () => {
    write('docker/a/init/cgroup.freeze', '1');
    createCgroupsV2(root).thaw('/docker/a/init');
    expect(fs.readFileSync(path.join(root, 'docker/a/init/cgroup.freeze'), 'utf8')).toBe('0');
  });
});

describe('detectCgroups', () => {
  it('tells the versions apart', () => {
    expect(detectCgroups(root).version).toBe('1');
    write('cgroup.controllers', 'cpu memory pids\n');
    expect(detectCgroups(root).version).toBe('2');
  });
});
