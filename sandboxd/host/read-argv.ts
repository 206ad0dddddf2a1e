import fs from 'node:fs';
import { hostLimits } from './host-limits.ts';

/** Reads that were given up while a thread of the pool is still in them, by sandbox. */
const stuck = new Map<string, number>();

/**
 * The arguments of a process, cut to our bounds. Reading them takes the process's own memory lock, so it happens in
 * the thread pool and is given up after a while: null then, and when the process is gone. The thread stays in it though:
 * while a sandbox (`owner`) holds one up, null is told at once, or its neighbours would wait for a thread.
 */
export function readArgv(pid: number, owner: string): Promise<string[] | null> {
  if ((stuck.get(owner) ?? 0) >= hostLimits.argvStuck) return Promise.resolve(null);
  return new Promise(resolve => {
    let fd: number;
    try {
      fd = fs.openSync(`/proc/${pid}/cmdline`, 'r');
    } catch {
      return resolve(null);
    }
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      count(owner, 1);
      resolve(null);
    }, hostLimits.argvTimeoutMs);
    const buffer = Buffer.alloc(hostLimits.maxArgvBytes);
    fs.read(fd, buffer, 0, buffer.length, 0, (error, length) => {
      clearTimeout(timer);
      if (late) count(owner, -1);
      fs.closeSync(fd);
      resolve(error ? null : splitArgv(buffer.subarray(0, length)));
    });
  });
}

function count(owner: string, more: number): void {
  const left = (stuck.get(owner) ?? 0) + more;
  if (left > 0) stuck.set(owner, left);
  else stuck.delete(owner);
}

/** Splits the kernel's NUL-terminated arguments. */
export function splitArgv(bytes: Buffer): string[] {
  if (bytes.length === 0) return [];
  const text = bytes.toString('utf8');
  const args = (text.endsWith('\0') ? text.slice(0, -1) : text).split('\0');
  return args.slice(0, hostLimits.maxArgs);
}
