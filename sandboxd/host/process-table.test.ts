import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { bootTime } from './boot-clock.ts';
import { createCgroupsV1 } from './cgroups-v1.ts';
import { createCgroupsV2 } from './cgroups-v2.ts';
import { createPacedWork } from './paced-work.ts';
import { parseCgroupPath, placingControllers } from './proc-texts.ts';
import { readProcessTable } from './process-table.ts';
import { readBounded } from './read-bounded.ts';
import { startTicksOf } from './read-process.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'table-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Real processes of this test, listed in a folder that plays their cgroup: making a real one needs root. */
function viewOf(pids: number[]) {
  const version = fs.existsSync('/sys/fs/cgroup/cgroup.controllers') ? '2' : '1';
  const own = parseCgroupPath(readBounded('/proc/self/cgroup', 32_768) ?? '', placingControllers[version]) ?? '/';
  const list = path.join(folder, 'list');
  fs.mkdirSync(list, { recursive: true });
  fs.writeFileSync(path.join(list, 'cgroup.procs'), pids.map(pid => `${pid}\n`).join(''));
  const real = version === '2' ? createCgroupsV2() : createCgroupsV1();
  const cgroups = { ...real, pathOf: () => (own === '/' ? '' : own), processFolder: () => list };
  return { containerId: 'c', cgroups, genuine: {}, uidMap: '0 0 4294967295', boot: bootTime() };
}

it('tells real processes with parent, program, arguments and start, and leaves out those that are gone', async () => {
  const child = spawn('sleep', ['30'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  try {
    const { processes, truncated } = await readProcessTable(viewOf([process.pid, pid, 2 ** 22 + 1]), createPacedWork());
    const fact = processes.find(each => each.outerPid === pid);
    const self = processes.find(each => each.outerPid === process.pid);
    expect([processes.length, truncated]).toEqual([2, false]);
    expect(fact).toMatchObject({
      comm: 'sleep',
      argv: ['sleep', '30'],
      uid: process.getuid?.(),
      genuine: null,
      containerId: null,
      startTicks: startTicksOf(pid),
      ppid: self?.pid,
    });
    expect(fact?.exe).toMatch(/\/(sleep|coreutils)$/);
    expect(Math.abs((fact?.startedAt ?? 0) - Date.now())).toBeLessThan(5_000);
    expect(fact?.namespaces).toEqual(self?.namespaces);
    expect(self?.ppid).toBe(0);
  } finally {
    child.kill();
  }
});
