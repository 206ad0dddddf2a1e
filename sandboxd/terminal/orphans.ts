import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { collectChild } from './libc.ts';
import { readStat } from './session-reaper.ts';

/** A helper that is frozen dies when its sandbox thaws or ends, which may be hours away. */
const everyMs = 1_000;

/** The processes whose parent is `parent`, by the kernel. Reads all of /proc: for what happens rarely. */
export function childrenOf(parent: number): number[] {
  return fs
    .readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => readStat(pid)?.parent === parent);
}

/**
 * Kills processes that a program of ours left behind when it was killed, and collects them once they have ended. They became
 * our children then, and a sandbox cannot end while a process of its own waits to be collected.
 */
export async function endOrphans(pids: readonly number[]): Promise<void> {
  let left = pids;
  for (const pid of left) kill(pid);
  for (;;) {
    left = left.filter(pid => collectChild(pid) === 'running');
    if (left.length === 0) return;
    await pause(everyMs, undefined, { ref: false });
  }
}

/** Only what is our child by now: the number of one that ended meanwhile may be another's. */
function kill(pid: number): void {
  if (readStat(pid)?.parent !== process.pid) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
