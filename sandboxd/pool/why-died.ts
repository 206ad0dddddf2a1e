import type { EndReason } from '#domain/protocol/sandbox.ts';
import { sandboxLimits } from '../engine/sandbox-limits.ts';

/** What was last known of a sandbox whose init ended. */
export interface LastSeen {
  oomKilled: boolean;
  exitCode: number | null;
  /** Kills by the kernel at the sandbox's memory limit, counted in its own cgroup. */
  oomKills: number;
  /** Greatest memory use seen. */
  memoryBytes: number;
}

/** Why a sandbox died by itself, with the measured value. */
export function whyDied(seen: LastSeen): { reason: EndReason; detail: string } {
  const mib = (bytes: number) => Math.round(bytes / 1024 / 1024);
  if (seen.oomKilled || seen.oomKills > 0)
    return {
      reason: 'out-of-memory',
      detail: `used ${mib(seen.memoryBytes)} of ${mib(sandboxLimits.memoryBytes)} MiB`,
    };
  return { reason: 'crashed', detail: `its init ended with code ${seen.exitCode ?? 'unknown'}` };
}
