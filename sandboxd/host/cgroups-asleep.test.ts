import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCgroupsV1 } from './cgroups-v1.ts';
import { createCgroupsV2 } from './cgroups-v2.ts';

const own = '/abc';
let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cgroups-'));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

/** Writes a file of a hierarchy ('' is version 2's), as the kernel would have it. */
function put(hierarchy: string, name: string, text: string): void {
  const folder = path.join(root, hierarchy, own);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
}
const read = (hierarchy: string, name: string) => fs.readFileSync(path.join(root, hierarchy, own, name), 'utf8');

describe('a cgroup that is put to sleep', () => {
  it('version 1: is frozen, emptied of what can be taken, and thawed by its own files', async () => {
    const cgroups = createCgroupsV1(root);
    put('freezer', 'freezer.state', 'THAWED\n');
    put('memory', 'memory.usage_in_bytes', '5000\n');
    put('memory', 'memory.force_empty', '');
    put('cpuacct', 'cpuacct.usage', '2500000\n');
    cgroups.freeze(own);
    expect(read('freezer', 'freezer.state')).toBe('FROZEN');
    expect(await cgroups.reclaim(own)).toBe(0);
    expect(read('memory', 'memory.force_empty')).toBe('0');
    cgroups.thaw(own);
    expect(read('freezer', 'freezer.state')).toBe('THAWED');
    expect(cgroups.cpuMs(own)).toBe(2.5);
    expect(cgroups.cpuMs('/other')).toBeNull();
  });

  it('version 2: may swap while it sleeps, and only then', async () => {
    const cgroups = createCgroupsV2(root);
    put('', 'cgroup.freeze', '0\n');
    put('', 'memory.current', '5000\n');
    put('', 'memory.swap.max', '0\n');
    put('', 'memory.reclaim', '');
    put('', 'cpu.stat', 'usage_usec 2500\nuser_usec 1\n');
    cgroups.freeze(own);
    expect(read('', 'cgroup.freeze')).toBe('1');
    await cgroups.reclaim(own);
    expect([read('', 'memory.reclaim'), read('', 'memory.swap.max')]).toEqual(['5000', 'max']);
    cgroups.thaw(own);
    cgroups.endReclaim(own);
    expect([read('', 'cgroup.freeze'), read('', 'memory.swap.max')]).toEqual(['0', '0']);
    expect(cgroups.cpuMs(own)).toBe(2.5);
    expect(cgroups.cpuMs('/other')).toBeNull();
  });

  it('says so when it cannot be frozen', () => {
    expect(() => createCgroupsV1(root).freeze(own)).toThrow(/ENOENT/);
    expect(() => createCgroupsV2(root).freeze(own)).toThrow(/ENOENT/);
  });
});
