import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createCgroupsV1 } from './cgroups-v1.ts';
import { thawSandbox } from './thaw-sandbox.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'thaw-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const inner = '0123456789abcdef'.repeat(4);
const proc = path.join(folder, 'proc');

/** A process that the pids hierarchy holds in the sandbox's own cgroup, and the freezer elsewhere below it. */
function place(pid: number, frozenIn: string) {
  fs.mkdirSync(path.join(folder, 'cgroup/pids/s'), { recursive: true });
  fs.appendFileSync(path.join(folder, 'cgroup/pids/s/cgroup.procs'), `${pid}\n`);
  fs.mkdirSync(path.join(proc, String(pid)), { recursive: true });
  fs.writeFileSync(path.join(proc, String(pid), 'cgroup'), `2:pids:/s\n1:freezer:${frozenIn}\n`);
  const freezer = path.join(folder, 'cgroup/freezer', frozenIn);
  fs.mkdirSync(freezer, { recursive: true });
  fs.writeFileSync(path.join(freezer, 'freezer.state'), 'FROZEN');
}
const stateOf = (cgroup: string) =>
  fs.readFileSync(path.join(folder, 'cgroup/freezer', cgroup, 'freezer.state'), 'utf8');

it('thaws where processes are, whatever hierarchy hides them, and leaves paused containers to the learner', () => {
  const cgroups = createCgroupsV1(path.join(folder, 'cgroup'));
  place(10, '/s/hidden');
  place(11, '/s/deep/er');
  place(12, `/s/docker/${inner}`);
  place(13, '/other');
  thawSandbox(cgroups, 's', 'own', proc);
  expect([stateOf('/s/hidden'), stateOf('/s/deep/er')]).toEqual(['THAWED', 'THAWED']);
  expect(stateOf(`/s/docker/${inner}`)).toBe('FROZEN');
  thawSandbox(cgroups, 's', 'all', proc);
  expect(stateOf(`/s/docker/${inner}`)).toBe('THAWED');
  expect(stateOf('/other')).toBe('FROZEN');
});
