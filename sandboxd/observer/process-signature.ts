import { hostLimits } from '../host/host-limits.ts';
import type { Breathe } from '../host/paced-work.ts';
import { parseStat } from '../host/proc-texts.ts';
import { readBounded } from '../host/read-bounded.ts';
import { sandboxPids } from '../host/sandbox-pids.ts';
import type { SandboxTarget } from './sandbox-target.ts';

/**
 * A text that changes when a process of the sandbox came, went, became another program or got another parent; costs some
 * 15 µs per process.
 */
export async function processSignature(target: SandboxTarget, breathe: Breathe): Promise<string> {
  const parts: string[] = [];
  for (const pid of sandboxPids(target.view.cgroups, target.containerId).slice(0, hostLimits.maxProcesses)) {
    const stat = parseStat(readBounded(`/proc/${pid}/stat`, hostLimits.maxCounterBytes) ?? '');
    if (stat) parts.push(`${pid}:${stat.startTicks}:${stat.ppid}:${stat.comm}`);
    await breathe();
  }
  return parts.join(' ');
}
