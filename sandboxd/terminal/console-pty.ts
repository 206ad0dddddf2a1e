import { setTimeout as sleep } from 'node:timers/promises';
import tty from 'node:tty';
import { FdWriter } from './fd-writer.ts';
import { collectChild, setNonBlocking, setWindowSize } from './libc.ts';
import type { Pty } from './pty-source.ts';
import { endSession, pinProcess } from './session-reaper.ts';

/** After its terminal hung up, a shell is a matter of milliseconds from being collected. */
const collectMs = { every: 5, atMost: 300 } as const;

/**
 * Where output lands, for all terminals: each reading is taken in before the next. A buffer of its own for each reading, as
 * streams have it, was garbage by the megabyte in a flood, and collecting that held up every terminal.
 */
const landing = Buffer.allocUnsafeSlow(64 * 1024);

/** A pty whose master side was handed to us, and the shell that leads its session. */
export function consolePty(fd: number, pid: number): Pty {
  setNonBlocking(fd);
  const leader = pinProcess(pid);
  const writer = new FdWriter(fd);
  let onData: (bytes: Uint8Array) => void = () => {};
  const reader = new tty.ReadStream(fd, {
    onread: {
      buffer: landing,
      callback: length => {
        onData(landing.subarray(0, length));
        return true;
      },
    },
  });
  let onExit: (code: number | null) => void = () => {};
  let killing: Promise<void> | null = null;
  let collected: number | null | undefined;

  /** The shell's exit code, waiting a moment for it; null when it goes on without its terminal. */
  async function exitCode(): Promise<number | null> {
    for (let waited = 0; collected === undefined && waited <= collectMs.atMost; waited += collectMs.every) {
      const child = collectChild(pid);
      if (child === 'stranger') collected = null;
      else if (child !== 'running') collected = child.code;
      else await sleep(collectMs.every);
    }
    return collected ?? null;
  }

  let over = false;
  const hungUp = () => {
    if (over) return;
    over = true;
    // First of all: once the descriptor is closed its number may be another terminal's.
    writer.close();
    reader.destroy();
    void exitCode().then(code => onExit(code));
  };
  // A master whose last terminal is closed reads as EIO.
  reader.on('error', hungUp);
  reader.on('end', hungUp);
  reader.on('close', hungUp);

  return {
    onData: listener => {
      onData = listener;
      reader.resume();
    },
    onExit: listener => {
      onExit = listener;
    },
    write: bytes => writer.write(bytes),
    onDrain: listener => writer.onDrain(listener),
    pause: () => void reader.pause(),
    resume: () => {
      if (!over) reader.resume();
    },
    resize: (cols, rows) => {
      if (!over) setWindowSize(fd, cols, rows);
    },
    kill: () => {
      killing ??= (async () => {
        if (leader) await endSession(leader);
        hungUp();
        await exitCode();
      })();
      return killing;
    },
  };
}
