import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCgroupsV2 } from '../host/cgroups-v2.ts';
import { createPacedWork } from '../host/paced-work.ts';
import { createProcessWatch, type ProcessWatch } from './process-watch.ts';

let folder: string;
let child: ChildProcess;
let watch: ProcessWatch;
const state = { broken: false, told: [] as string[], log: [] as string[], unhandled: [] as unknown[] };
const unhandled = (error: unknown) => state.unhandled.push(error);

/** On a busy machine, too. */
const untilTold = () => vi.waitFor(() => expect(state.told).toContain('processes'), { timeout: 10_000 });

/** A sandbox with these processes; looking at it fails while `broken`. */
function hold(...pids: (number | undefined)[]): void {
  fs.mkdirSync(path.join(folder, 'c'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'c/cgroup.procs'), pids.map(pid => `${pid}\n`).join(''));
}

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'belowdeck-watch-'));
  child = spawn('sleep', ['60']);
  // A look of the test before may still be under way: it has its own.
  const [told, log]: [string[], string[]] = [[], []];
  Object.assign(state, { broken: false, told, log, unhandled: [] });
  process.on('unhandledRejection', unhandled);
  const real = createCgroupsV2(folder);
  const pathOf = (id: string) => {
    if (state.broken) throw new Error('EMFILE: too many open files');
    return real.pathOf(id);
  };
  const view = { containerId: 'c', cgroups: { ...real, pathOf }, genuine: {}, uidMap: '' };
  watch = createProcessWatch({
    target: { sandboxId: 'abcdef012345', containerId: 'c', pid: process.pid, startTicks: 0, view },
    work: createPacedWork(),
    onChanged: (...parts) => told.push(...parts),
    log: pino({}, { write: line => log.push(line) }),
  });
});
afterEach(() => {
  watch.stop();
  child.kill();
  process.off('unhandledRejection', unhandled);
  fs.rmSync(folder, { recursive: true });
});

it('tells when a process came, while somebody wants to know', async () => {
  hold(process.pid);
  watch.watch(60_000);
  await pause(300);
  hold(process.pid, child.pid);
  await untilTold();
});

it('goes on after looks that failed, and says so once', async () => {
  hold(process.pid);
  state.broken = true;
  watch.watch(60_000);
  await pause(700);
  state.broken = false;
  await pause(500);
  hold(process.pid, child.pid);
  await untilTold();
  expect(state.log.map(line => JSON.parse(line).err.message)).toEqual(['EMFILE: too many open files']);
  expect(state.unhandled).toEqual([]);
});
