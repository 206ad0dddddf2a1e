import { startTicksOf } from './read-process.ts';

/** A process, pinned by its start time: its number alone may be another's by now. */
export interface PinnedProcess {
  pid: number;
  startTicks: number;
}

/**
 * Whether the number is still that process's. Asked after something of it was opened or read, a yes covers that too: who has
 * the number now had it then.
 */
export function isStillThere({ pid, startTicks }: PinnedProcess): boolean {
  return startTicksOf(pid) === startTicks;
}
