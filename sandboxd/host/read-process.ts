import fs from 'node:fs';
import type { Namespaces, ProcessFact } from '#domain/facts/facts.ts';
import { ticksToTime } from './boot-clock.ts';
import type { Cgroups } from './cgroups.ts';
import { type GenuineExecutables, identityOf, isGenuine } from './executable-identity.ts';
import { hostLimits } from './host-limits.ts';
import {
  containerIdOf,
  parseCgroupPath,
  parseStat,
  parseStatus,
  placingControllers,
  unshiftUid,
} from './proc-texts.ts';
import { readBounded } from './read-bounded.ts';

/** What is the same for all processes of one sandbox. */
export interface SandboxView {
  containerId: string;
  cgroups: Cgroups;
  genuine: GenuineExecutables;
  /** /proc/PID/uid_map of the sandbox's init. */
  uidMap: string;
  /** Epoch milliseconds of the boot. */
  boot: number;
}

/** A process and where it is; its command line is read apart, since that may have to wait. */
export type ProcessReading = Omit<ProcessFact, 'ppid' | 'argv'> & { outerPpid: number; cgroupPath: string };

/** Reads one process of a sandbox; null when it is gone or moved meanwhile. Synchronous, some tens of microseconds. */
export function readProcess(pid: number, view: SandboxView): ProcessReading | null {
  const read = (name: string) => readBounded(`/proc/${pid}/${name}`, hostLimits.maxProcFileBytes);
  const stat = parseStat(utf8(read('stat') ?? ''));
  const status = parseStatus(read('status') ?? '');
  const cgroupPath = parseCgroupPath(utf8(read('cgroup') ?? ''), placingControllers[view.cgroups.version]);
  const own = view.cgroups.pathOf(view.containerId);
  if (!stat || !status || cgroupPath === null) return null;
  if (cgroupPath !== own && !cgroupPath.startsWith(`${own}/`)) return null;
  const exe = linkOf(`/proc/${pid}/exe`);
  const namespaces = namespacesOf(pid);
  if (!namespaces) return null;
  return {
    outerPid: pid,
    pid: status.pids[1] ?? pid,
    innerPid: status.pids.at(-1) ?? pid,
    outerPpid: stat.ppid,
    startTicks: stat.startTicks,
    startedAt: ticksToTime(stat.startTicks, view.boot),
    uid: unshiftUid(view.uidMap, status.uid),
    state: stat.state,
    comm: stat.comm,
    exe,
    genuine: isGenuine(exe, exe === null ? null : identityOf(`/proc/${pid}/exe`), view.genuine),
    containerId: containerIdOf(cgroupPath.slice(own.length)),
    cgroupPath,
    namespaces,
  };
}

/** Start time of a process in clock ticks, null when there is none: with the PID it names one process for good. */
export function startTicksOf(pid: number): number | null {
  return parseStat(readBounded(`/proc/${pid}/stat`, hostLimits.maxProcFileBytes) ?? '')?.startTicks ?? null;
}

const kinds = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'] as const;

function namespacesOf(pid: number): Namespaces | null {
  const found: Partial<Namespaces> = {};
  for (const kind of kinds) {
    const link = linkOf(`/proc/${pid}/ns/${kind}`);
    // A zombie has given up most of its namespaces: shown as 0, equal to nothing real.
    found[kind] = link === null ? '0' : (/\[(\d+)\]/.exec(link)?.[1] ?? '0');
  }
  return found as Namespaces;
}

function linkOf(path: string): string | null {
  try {
    return fs.readlinkSync(path);
  } catch {
    return null;
  }
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
