import { spawn } from 'node-pty';
import { FdWriter } from './fd-writer.ts';
import type { Pty } from './pty-source.ts';

interface SpawnOptions {
  cols: number;
  rows: number;
  env: Record<string, string>;
  /** Finishes what the program leaves behind; awaited by `kill`. */
  end?: () => Promise<void>;
}

/** A pty that tells when its program has said something (kept for the listener to come), and when it ended before that. */
export interface SpawnedPty extends Pty {
  readonly pid: number;
  readonly spoke: Promise<'output' | { exit: number }>;
  readonly exited: Promise<{ exit: number }>;
}

/** A program on a terminal of this machine, by node-pty. */
export function spawnPty(file: string, args: string[], options: SpawnOptions): SpawnedPty {
  const { cols, rows, env } = options;
  const child = spawn(file, args, { cols, rows, env, name: 'xterm-256color', cwd: '/', encoding: null });
  // node-pty makes the descriptor non-blocking, but its own write would block or spin: ours does neither.
  const writer = new FdWriter((child as unknown as { fd: number }).fd);
  const exited = new Promise<number>(resolve => child.onExit(({ exitCode }) => resolve(exitCode)));
  void exited.then(() => writer.close());

  const early: Uint8Array[] = [];
  let listener: ((bytes: Uint8Array) => void) | null = null;
  const firstOutput = new Promise<'output'>(resolve => {
    child.onData(data => {
      const bytes = data as unknown as Uint8Array;
      if (listener) return listener(bytes);
      early.push(bytes);
      child.pause();
      resolve('output');
    });
  });
  let killing: Promise<void> | null = null;

  return {
    pid: child.pid,
    spoke: Promise.race([firstOutput, exited.then(exit => ({ exit }))]),
    exited: exited.then(exit => ({ exit })),
    onData: next => {
      listener = next;
      for (const bytes of early.splice(0)) next(bytes);
      child.resume();
    },
    onExit: next => void exited.then(next),
    write: bytes => writer.write(bytes),
    onDrain: next => writer.onDrain(next),
    pause: () => child.pause(),
    resume: () => child.resume(),
    resize: (toCols, toRows) => {
      try {
        child.resize(toCols, toRows);
      } catch {
        // It ended meanwhile: the exit is reported by itself.
      }
    },
    kill: () => {
      killing ??= (async () => {
        await options.end?.();
        child.kill('SIGKILL');
        child.resume();
      })();
      return killing;
    },
  };
}
