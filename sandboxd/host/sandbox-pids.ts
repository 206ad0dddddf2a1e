import fs from 'node:fs';
import path from 'node:path';
import type { Cgroups } from './cgroups.ts';
import { hostLimits } from './host-limits.ts';
import { parseCgroupPath, placingControllers } from './proc-texts.ts';
import { readBounded } from './read-bounded.ts';

/** Bytes of one process list: 512 lines of up to 8 characters. */
const MAX_LIST_BYTES = 64 * 1024;

/**
 * PIDs of all processes of a sandbox, nested containers included, ascending. Found by walking its cgroups; a learner
 * who makes thousands of those costs us a scan of the process list instead, which he cannot lengthen.
 */
export function sandboxPids(cgroups: Cgroups, containerId: string, procRoot = '/proc'): number[] {
  const pids = walkCgroups(cgroups.processFolder(cgroups.pathOf(containerId)));
  const all = pids ?? scanProcesses(cgroups, containerId, procRoot);
  return [...new Set(all)].filter(pid => pid > 0).sort((a, b) => a - b);
}

/** Null when there are more or deeper cgroups than we walk. */
function walkCgroups(top: string): number[] | null {
  const pids: number[] = [];
  let left: number = hostLimits.maxCgroups;
  let folders = [top];
  for (let depth = 0; folders.length > 0; depth++) {
    if (depth > hostLimits.maxCgroupDepth) return null;
    const next: string[] = [];
    for (const folder of folders) {
      if (left-- === 0) return null;
      const list = readBounded(path.join(folder, 'cgroup.procs'), MAX_LIST_BYTES);
      for (const line of list?.split('\n') ?? []) if (line) pids.push(Number(line));
      for (const child of childrenOf(folder)) next.push(path.join(folder, child));
    }
    folders = next;
  }
  return pids;
}

/** Child cgroups, read one by one so that a folder of 50,000 is left early. */
function childrenOf(folder: string): string[] {
  const names: string[] = [];
  let handle: fs.Dir;
  try {
    handle = fs.opendirSync(folder, { bufferSize: 128 });
  } catch {
    return names;
  }
  try {
    for (let entry = handle.readSync(); entry !== null; entry = handle.readSync()) {
      if (!entry.isDirectory()) continue;
      names.push(entry.name);
      if (names.length > hostLimits.maxCgroups) break;
    }
  } catch {
    // Removed while it was read: what was seen is what there was.
  } finally {
    handle.closeSync();
  }
  return names;
}

function scanProcesses(cgroups: Cgroups, containerId: string, procRoot: string): number[] {
  const own = cgroups.pathOf(containerId);
  const pids: number[] = [];
  for (const name of fs.readdirSync(procRoot)) {
    if (!/^\d+$/.test(name)) continue;
    const text = readBounded(`${procRoot}/${name}/cgroup`, hostLimits.maxProcFileBytes);
    const at = text === null ? null : parseCgroupPath(text, placingControllers[cgroups.version]);
    if (at !== null && (at === own || at.startsWith(`${own}/`))) pids.push(Number(name));
  }
  return pids;
}
