import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import type { ProbeVerdict } from '#domain/protocol/preflight.ts';
import { readBounded } from '../host/read-bounded.ts';

/** What a probe says of what it saw. */
export interface ProbeFinding {
  verdict: ProbeVerdict;
  /** One line. */
  measured: string;
  /** Empty when ok. */
  remedy: string;
}

/** One property of the machine that sandboxes depend on. */
export interface MachineProbe {
  /** Stable: operators name it in a setting. */
  id: string;
  title: string;
  /** `sandbox-host`: needs the rights or the files of the sandbox host; else it says the same on the machine itself. */
  where: 'anywhere' | 'sandbox-host';
  look(machine: Machine): Promise<ProbeFinding> | ProbeFinding;
}

/** What probes see the machine through; tests put another one in its place. */
export interface Machine {
  /** Kernel release, e.g. "6.18.1". */
  release: string;
  /** First bytes of a file; null when it cannot be read. */
  read(path: string): string | null;
  exists(path: string): boolean;
  /** Bytes that may still be written below a folder. */
  diskFree(path: string): number;
  /** Runs a program; both streams. Never rejects: no such program is code 127, too long is null. */
  run(command: readonly string[]): Promise<{ code: number | null; output: string }>;
}

/** Longest time for one program of a probe, milliseconds: some five on a quiet machine, seconds while a class arrives. */
const COMMAND_MS = 20_000;
const MAX_FILE_BYTES = 64 * 1024;

export function thisMachine(): Machine {
  return {
    release: os.release(),
    read: path => readBounded(path, MAX_FILE_BYTES)?.trim() ?? null,
    exists: path => fs.existsSync(path),
    diskFree(path) {
      const { bavail, bsize } = fs.statfsSync(path);
      return bavail * bsize;
    },
    run: ([program = '', ...args]) =>
      new Promise(resolve => {
        const options = { timeout: COMMAND_MS, killSignal: 'SIGKILL', maxBuffer: MAX_FILE_BYTES } as const;
        execFile(program, args, options, (error, stdout, stderr) => {
          const code = error === null ? 0 : error.code === 'ENOENT' ? 127 : Number(error.code);
          resolve({ code: Number.isInteger(code) ? code : null, output: `${stdout}${stderr}`.trim() });
        });
      }),
  };
}

export const ok = (measured: string): ProbeFinding => ({ verdict: 'ok', measured, remedy: '' });
export const warn = (measured: string, remedy: string): ProbeFinding => ({ verdict: 'warn', measured, remedy });
export const refuse = (measured: string, remedy: string): ProbeFinding => ({ verdict: 'refuse', measured, remedy });

export const GiB = 1024 ** 3;
export const gibibytes = (bytes: number): string => `${(bytes / GiB).toFixed(1)} GiB`;
