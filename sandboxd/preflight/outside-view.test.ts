import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outsideView } from './outside-view.ts';

let proc: string;
const names = ['user', 'pid', 'mnt', 'net', 'ipc', 'uts', 'cgroup'];

/** A process as /proc shows it; `shared` of its namespaces are ours. */
function place(pid: number | 'self', of: { map: string; seccomp: string; shared?: string[] }): void {
  fs.mkdirSync(path.join(proc, String(pid), 'ns'), { recursive: true });
  fs.writeFileSync(path.join(proc, String(pid), 'uid_map'), of.map);
  fs.writeFileSync(
    path.join(proc, String(pid), 'status'),
    `Name:\ttini\nSeccomp:\t${of.seccomp}\nSeccomp_filters:\t1\n`,
  );
  for (const name of names)
    fs.symlinkSync(
      `${name}:[${pid === 'self' || of.shared?.includes(name) ? 1 : 2}]`,
      path.join(proc, String(pid), 'ns', name),
    );
}
const verdicts = (pid: number) => Object.fromEntries(outsideView(pid, proc).map(({ id, verdict }) => [id, verdict]));

beforeAll(() => {
  proc = fs.mkdtempSync(path.join(os.tmpdir(), 'belowdeck-proc-'));
  place('self', { map: '0 0 4294967295\n', seccomp: '0' });
  place(10, { map: '         0     100000      65536\n', seccomp: '2' });
  place(11, { map: '         0          0 4294967295\n', seccomp: '0', shared: ['user', 'net'] });
});
afterAll(() => fs.rmSync(proc, { recursive: true }));

describe('a sandbox seen from outside', () => {
  it('holds with users, filter and namespaces of its own', () => {
    expect(verdicts(10)).toEqual({ 'uid-mapping': 'ok', 'seccomp-mode': 'ok', 'own-namespaces': 'ok' });
  });

  it('does not hold without them, and names what is missing', () => {
    expect(verdicts(11)).toEqual({ 'uid-mapping': 'refuse', 'seccomp-mode': 'refuse', 'own-namespaces': 'refuse' });
    expect(outsideView(11, proc)[2]?.measured).toBe('shares user, net');
  });

  it('is not judged when it is gone meanwhile', () => {
    expect(() => outsideView(12, proc)).toThrow('gone');
  });
});
