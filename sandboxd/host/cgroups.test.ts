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
const modeOf = (folder: string) => fs.statSync(path.join(root, folder)).mode & 0o777;
const uid = process.getuid?.() ?? 0;

describe('cgroups, version 1', () => {
  const limited = () => {
    write('memory/a/memory.limit_in_bytes', '67108864\n');
    write('memory/a/memory.usage_in_bytes', '1000\n');
    write('memory/a/memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n');
    write('cpu/a/cpu.cfs_quota_us', '50000\n');
    write('cpu/a/cpu.cfs_period_us', '100000\n');
    write('pids/a/pids.max', '50\n');
    write('pids/a/pids.current', '4\n');
    write('freezer/a/freezer.state', 'FROZEN\n');
  };

  it('reads limits and counters', () => {
    limited();
    expect(createCgroupsV1(root).read('/a')).toEqual({
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
    write('memory/a/memory.limit_in_bytes', '9223372036854771712\n');
    write('cpu/a/cpu.cfs_quota_us', '-1\n');
    write('cpu/a/cpu.cfs_period_us', '100000\n');
    write('pids/a/pids.max', 'max\n');
    expect(createCgroupsV1(root).read('/a')).toMatchObject({
      memoryLimitBytes: null,
      cpus: null,
      pidsLimit: null,
      frozen: false,
    });
  });

  it('is null for a cgroup that is gone', () => {
    expect(createCgroupsV1(root).read('/none')).toBeNull();
  });

  it('needs every hierarchy to delegate, and follows no link between them', () => {
    write('memory/a/cgroup.procs', '');
    write('memory/a/tasks', '');
    fs.symlinkSync('memory', path.join(root, 'alias'));
    // A sandboxd that was killed had closed it.
    fs.chmodSync(path.join(root, 'memory/a'), 0o700);
    expect(() => createCgroupsV1(root).delegate('a', uid, { cgroups: 400, cgroupDepth: 8 })).not.toThrow();
    expect(modeOf('memory/a')).toBe(0o755);
    fs.mkdirSync(path.join(root, 'cpu'));
    expect(() => createCgroupsV1(root).delegate('a', uid, { cgroups: 400, cgroupDepth: 8 })).toThrow(/ENOENT/);
  });

  it('thaws', () => {
    limited();
    createCgroupsV1(root).thaw('/a');
    expect(fs.readFileSync(path.join(root, 'freezer/a/freezer.state'), 'utf8')).toBe('THAWED');
    expect(() => createCgroupsV1(root).thaw('/none')).not.toThrow();
  });
});

describe('cgroups, version 2', () => {
  const limited = () => {
    write('a/memory.max', '67108864\n');
    write('a/memory.current', '1000\n');
    write('a/memory.events', 'low 0\nhigh 0\nmax 9\noom 4\noom_kill 3\noom_group_kill 0\n');
    write('a/cpu.max', '50000 100000\n');
    write('a/pids.max', '50\n');
    write('a/pids.current', '4\n');
    write('a/cgroup.events', 'populated 1\nfrozen 1\n');
  };

  it('reads limits and counters', () => {
    limited();
    expect(createCgroupsV2(root).read('/a')).toEqual({
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
    write('a/memory.max', 'max\n');
    write('a/cpu.max', 'max 100000\n');
    write('a/pids.max', 'max\n');
    expect(createCgroupsV2(root).read('/a')).toMatchObject({
      memoryLimitBytes: null,
      cpus: null,
      pidsLimit: null,
    });
  });

  it('delegates the folder and the process lists, and bounds what is made below', () => {
    for (const name of ['cgroup.procs', 'cgroup.threads', 'cgroup.subtree_control']) write(`a/${name}`, '');
    fs.chmodSync(path.join(root, 'a'), 0o700);
    createCgroupsV2(root).delegate('a', uid, { cgroups: 400, cgroupDepth: 8 });
    expect(modeOf('a')).toBe(0o755);
    expect(fs.readFileSync(path.join(root, 'a/cgroup.max.depth'), 'utf8')).toBe('8');
    expect(fs.readFileSync(path.join(root, 'a/cgroup.max.descendants'), 'utf8')).toBe('400');
    expect(() => createCgroupsV2(root).delegate('none', uid, { cgroups: 400, cgroupDepth: 8 })).toThrow(/ENOENT/);
  });

  it('lets no wish to swap come after the waking', async () => {
    const cgroups = createCgroupsV2(root);
    write('a/memory.swap.max', '0');
    write('a/memory.current', '1000\n');
    const reclaimed = cgroups.reclaim('/a');
    expect(fs.readFileSync(path.join(root, 'a/memory.swap.max'), 'utf8')).toBe('max');
    cgroups.endReclaim('/a');
    await reclaimed;
    expect(fs.readFileSync(path.join(root, 'a/memory.swap.max'), 'utf8')).toBe('0');
  });

  it('thaws', () => {
    write('a/init/cgroup.freeze', '1');
    createCgroupsV2(root).thaw('/a/init');
    expect(fs.readFileSync(path.join(root, 'a/init/cgroup.freeze'), 'utf8')).toBe('0');
  });
});

describe('detectCgroups', () => {
  it('tells the versions apart', () => {
    expect(detectCgroups(root).version).toBe('1');
    write('cgroup.controllers', 'cpu memory pids\n');
    expect(detectCgroups(root).version).toBe('2');
  });
});
