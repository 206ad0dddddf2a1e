import type { EndReason } from '#domain/protocol/sandbox.ts';

/** What was last known of a sandbox whose init ended. */
export interface LastSeen {
  /** The engine's word: some process of it was once ended for want of memory. */
  oomKilled: boolean;
  exitCode: number | null;
  /** Its memory limit made the kernel end something just now. */
  outOfMemory: boolean;
  /** Its memory limit. */
  memoryBytes: number;
}

/** Ended by SIGKILL: the only way in which the kernel frees memory. */
const KILLED = 137;

/** Why a sandbox died by itself, with the measured value. */
export function whyDied(seen: LastSeen): { reason: EndReason; detail: string } {
  if (seen.exitCode === KILLED && (seen.outOfMemory || seen.oomKilled)) {
    const mib = Math.round(seen.memoryBytes / 1024 / 1024);
    return {
      reason: 'out-of-memory',
      detail: `all of its ${mib} MiB were in use, and the kernel ended its first process`,
    };
  }
  return { reason: 'crashed', detail: `its init ended with code ${seen.exitCode ?? 'unknown'}` };
}
