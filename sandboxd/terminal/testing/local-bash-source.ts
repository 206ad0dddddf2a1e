import type { PtyRequest, PtySource } from '../pty-source.ts';
import { endSession, type ProcessPin, pinProcess } from '../session-reaper.ts';
import { type SpawnedPty, spawnPty } from '../spawned-pty.ts';

const INPUTRC = new URL('inputrc', import.meta.url).pathname;

/** A real bash on a real terminal of this machine: all of a terminal but the sandbox, in milliseconds. */
export class LocalBashSource implements PtySource {
  readonly name = 'local-bash';
  /** Every shell so far, pinned while it lived. */
  readonly opened: { pin: ProcessPin }[] = [];

  async open({ terminalId, cols, rows }: PtyRequest): Promise<SpawnedPty> {
    const pty: SpawnedPty = spawnPty('bash', ['--norc', '--noprofile'], {
      cols,
      rows,
      env: {
        PATH: process.env.PATH ?? '/usr/bin:/bin',
        PS1: '$ ',
        BELOWDECK_TERMINAL: terminalId,
        LANG: 'C.UTF-8',
        INPUTRC,
      },
      end: async () => {
        if (pin) await endSession(pin);
      },
    });
    const pin = pinProcess(pty.pid);
    if (!pin) throw new Error('bash is gone already');
    this.opened.push({ pin });
    await pty.spoke;
    return pty;
  }
}
