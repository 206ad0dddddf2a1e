import fs from 'node:fs';
import { hostLimits } from './host-limits.ts';

/**
 * The arguments of a process, cut to our bounds. Reading them takes the process's own memory lock, so it happens in
 * the thread pool and is given up after a while: null then, and when the process is gone.
 */
export function readArgv(pid: number): Promise<string[] | null> {
  return new Promise(resolve => {
    let fd: number;
    try {
      fd = fs.openSync(`/proc/${pid}/cmdline`, 'r');
    } catch {
      return resolve(null);
    }
    const timer = setTimeout(() => resolve(null), hostLimits.argvTimeoutMs);
    const buffer = Buffer.alloc(hostLimits.maxArgvBytes);
    fs.read(fd, buffer, 0, buffer.length, 0, (error, length) => {
      clearTimeout(timer);
      fs.closeSync(fd);
      resolve(error ? null : splitArgv(buffer.subarray(0, length)));
    });
  });
}

/** Splits the kernel's NUL-terminated arguments. */
export function splitArgv(bytes: Buffer): string[] {
  if (bytes.length === 0) return [];
  const text = bytes.toString('utf8');
  const args = (text.endsWith('\0') ? text.slice(0, -1) : text).split('\0');
  return args.slice(0, hostLimits.maxArgs);
}
