import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCgroupsV2 } from './cgroups-v2.ts';
import { hostLimits } from './host-limits.ts';
import { sandboxPids } from './sandbox-pids.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pids-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const cgroups = createCgroupsV2(path.join(folder, 'cgroup'));
const proc = path.join(folder, 'proc');

function cgroup(name: string, ...pids: number[]) {
  const at = path.join(folder, 'cgroup', name);
  fs.mkdirSync(at, { recursive: true });
  fs.writeFileSync(path.join(at, 'cgroup.procs'), pids.map(pid => `${pid}\n`).join(''));
}
function processIn(pid: number, cgroupPath: string) {
  fs.mkdirSync(path.join(proc, String(pid)), { recursive: true });
  fs.writeFileSync(path.join(proc, String(pid), 'cgroup'), `0::${cgroupPath}\n`);
}

describe('sandboxPids', () => {
  it('finds nested processes, once each, and no others', () => {
    cgroup('one', 30, 10);
    cgroup('one/init', 20, 10);
    cgroup('one/docker/inner', 40);
    cgroup('two', 99);
    expect(sandboxPids(cgroups, 'one', proc)).toEqual([10, 20, 30, 40]);
  });

  it('is empty for a sandbox that is gone', () => {
    expect(sandboxPids(cgroups, 'gone', proc)).toEqual([]);
  });

  it('scans the processes when there are more cgroups than it walks', () => {
    cgroup('many', 1);
    for (let i = 0; i <= hostLimits.maxCgroups; i++) cgroup(`many/c${i}`);
    processIn(7, '/many/c400');
    processIn(8, '/manyother');
    processIn(9, '/many');
    expect(sandboxPids(cgroups, 'many', proc)).toEqual([7, 9]);
  });

  it('scans the processes when the cgroups are deeper than it walks', () => {
    cgroup(`deep/${'x/'.repeat(hostLimits.maxCgroupDepth + 1)}`, 5);
    processIn(5, '/deep/x/x');
    expect(sandboxPids(cgroups, 'deep', proc)).toEqual([5]);
  });
});
