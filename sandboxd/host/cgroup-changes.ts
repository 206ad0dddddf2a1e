import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * When a cgroup was last made or removed below any of these folders, epoch milliseconds; 0 where none of them is there. Looks
 * at no more than `most` folders below each. The kernel sets these times, and whoever changes them from inside makes them newer.
 */
export async function lastCgroupChange(tops: readonly string[], most: number): Promise<number> {
  return Math.max(0, ...(await Promise.all(tops.map(top => lastChangeBelow(top, most)))));
}

async function lastChangeBelow(top: string, most: number): Promise<number> {
  let newest = 0;
  let left = most;
  for (let level = [top]; level.length > 0 && left > 0; ) {
    const next: string[] = [];
    for (const folder of level.slice(0, left)) {
      left--;
      try {
        const { ctimeMs, nlink } = await fs.stat(folder);
        newest = Math.max(newest, ctimeMs);
        if (nlink <= 2) continue;
        const entries = await fs.readdir(folder, { withFileTypes: true });
        next.push(...entries.filter(entry => entry.isDirectory()).map(entry => path.join(folder, entry.name)));
      } catch {
        // Removed meanwhile.
      }
    }
    level = next;
  }
  return newest;
}
