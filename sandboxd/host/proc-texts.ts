/** Pure readers of the kernel's texts under /proc/PID. Null for a text that is not what the kernel writes. */

export interface ProcStat {
  pid: number;
  comm: string;
  state: string;
  ppid: number;
  /** Clock ticks since boot. */
  startTicks: number;
}

/** /proc/PID/stat. The name may hold spaces and parentheses: the last one ends it. */
export function parseStat(text: string): ProcStat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const rest = text.slice(close + 2).split(' ');
  const stat = {
    pid: Number(text.slice(0, open)),
    comm: text.slice(open + 1, close),
    state: rest[0] ?? '',
    ppid: Number(rest[1]),
    startTicks: Number(rest[19]),
  };
  return Number.isInteger(stat.pid) && Number.isInteger(stat.ppid) && Number.isFinite(stat.startTicks) ? stat : null;
}

export interface ProcStatus {
  /** Effective user id, outside. */
  uid: number;
  /** PIDs from the reader's namespace inwards. */
  pids: number[];
}

/** /proc/PID/status. A forged name cannot add lines: the kernel escapes newlines in it. */
export function parseStatus(text: string): ProcStatus | null {
  const uid = Number(/^Uid:\t\d+\t(\d+)/m.exec(text)?.[1]);
  const pids = /^NSpid:\t([\d\t]+)$/m.exec(text)?.[1]?.split('\t').map(Number);
  return Number.isInteger(uid) && pids ? { uid, pids } : null;
}

/** Hierarchies that say where a process is, best first; '' is version 2's only one. */
export const placingControllers: Record<'1' | '2', readonly string[]> = {
  1: ['pids', 'memory', 'cpu', 'name=systemd'],
  2: [''],
};

/** /proc/PID/cgroup: the process's path in the first of these hierarchies, as the reader's cgroup namespace has it. */
export function parseCgroupPath(text: string, controllers: readonly string[]): string | null {
  const paths = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, names, ...path] = line.split(':');
    if (names === undefined) continue;
    for (const name of names.split(',')) paths.set(name, path.join(':'));
  }
  for (const name of controllers) {
    const path = paths.get(name);
    if (path !== undefined) return path;
  }
  return null;
}

/** Id of the learner's container from the part of a cgroup path below the sandbox's own; null for none. */
export function containerIdOf(relativePath: string): string | null {
  return /(?:^|[/-])([a-f0-9]{64})(?:\.scope)?(?:\/|$)/.exec(relativePath)?.[1] ?? null;
}

/** /proc/PID/uid_map: uid inside for a uid outside; 65534 ("nobody") for one that is not mapped. */
export function unshiftUid(uidMap: string, outer: number): number {
  for (const line of uidMap.trim().split('\n')) {
    const [inside, outside, count] = line.trim().split(/\s+/).map(Number);
    if (inside === undefined || outside === undefined || count === undefined) continue;
    if (outer >= outside && outer < outside + count) return inside + (outer - outside);
  }
  return 65_534;
}
