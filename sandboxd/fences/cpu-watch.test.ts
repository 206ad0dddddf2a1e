import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCpuPriority } from '../host/cpu-priority.ts';
import { createFenceCountersV1 } from '../host/fence-counters-v1.ts';
import { recordOf } from '../pool/testing/records.ts';
import { createCpuWatch } from './cpu-watch.ts';
import { fenceLimits } from './fence-limits.ts';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cpu-watch-'));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  fs.rmSync(root, { recursive: true });
});

/** A sandbox's files as version 1 has them. */
function cgroupOf(name: string) {
  for (const controller of ['cpu', 'cpuacct']) fs.mkdirSync(path.join(root, controller, name), { recursive: true });
  const file = (controller: string, each: string) => path.join(root, controller, name, each);
  fs.writeFileSync(file('cpu', 'cpu.idle'), '1');
  let used = 0;
  return {
    uses(milliseconds: number) {
      used += milliseconds;
      fs.writeFileSync(file('cpuacct', 'cpuacct.usage'), String(used * 1e6));
      fs.writeFileSync(file('cpu', 'cpu.stat'), 'nr_periods 0\nnr_throttled 0\n');
    },
    idle: () => fs.readFileSync(file('cpu', 'cpu.idle'), 'utf8'),
  };
}

it('puts a hog behind the others within three looks, and nobody else', () => {
  const [hog, quiet] = [cgroupOf('hog'), cgroupOf('quiet')];
  const said: { sandbox: string; place: string }[] = [];
  const watch = createCpuWatch({
    sandboxes: () => [recordOf('hog'), recordOf('quiet')],
    cgroups: { pathOf: containerId => containerId.replace('container-', '') },
    counters: createFenceCountersV1(root),
    priority: createCpuPriority('1', root),
    log: pino({}, { write: line => said.push(JSON.parse(line)) }),
  });
  for (let looks = 0; looks <= fenceLimits.busyLooks; looks++) {
    // At the first look, what a sandboxd before this one left behind is among the others again.
    if (looks === 1) expect([hog.idle(), quiet.idle()]).toEqual(['0', '0']);
    hog.uses(fenceLimits.cpuSweepMs);
    quiet.uses(5);
    watch.sweep();
    vi.advanceTimersByTime(fenceLimits.cpuSweepMs);
  }
  expect([hog.idle(), quiet.idle()]).toEqual(['1', '0']);
  expect(said).toMatchObject([{ sandbox: 'hog', place: 'behind' }]);
});
