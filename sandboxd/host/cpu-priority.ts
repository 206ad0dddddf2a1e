import fs from 'node:fs';
import path from 'node:path';

/** What a sandbox without `cpu.idle` (Linux before 5.15) gets of a contended processor: a sixteenth of the others' part. */
const LOW = { shares: '64', weight: '6' };
const NORMAL = { shares: '1024', weight: '100' };

/** Who runs first where processors are wanted by more than there are. */
export interface CpuPriority {
  /**
   * Puts a sandbox behind all others: it runs when nobody else wants to, and whoever wakes up takes its place at once; or
   * puts it back among them. Never throws: a sandbox that is gone needs neither.
   */
  setBehind(cgroup: string, behind: boolean): void;
}

/** Written from outside, into files that root in a sandbox does not own. */
export function createCpuPriority(version: '1' | '2', root = '/sys/fs/cgroup'): CpuPriority {
  const folderOf = (cgroup: string) => path.join(root, version === '1' ? 'cpu' : '', cgroup);
  const [name, kind] = version === '1' ? (['cpu.shares', 'shares'] as const) : (['cpu.weight', 'weight'] as const);

  return {
    setBehind(cgroup, behind) {
      const folder = folderOf(cgroup);
      if (tryWrite(path.join(folder, 'cpu.idle'), behind ? '1' : '0')) return;
      tryWrite(path.join(folder, name), (behind ? LOW : NORMAL)[kind]);
    },
  };
}

function tryWrite(file: string, text: string): boolean {
  try {
    // "r+" makes no file that the kernel does not have.
    fs.writeFileSync(file, text, { flag: 'r+' });
    return true;
  } catch {
    return false;
  }
}
