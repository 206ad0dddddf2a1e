import fs from 'node:fs/promises';
import path from 'node:path';

/** How fast cgroups are made on this machine: those that are gone again, too. */
export interface CgroupBirths {
  /** Made per second since the last call, in all hierarchies together; 0 at the first call. Never rejects. */
  perSecond(): Promise<number>;
}

/** What one new cgroup tells: its number, and how many numbers a cgroup takes. */
export interface NewCgroup {
  number: number;
  takes: number;
}

/** A cgroup of sandboxd's own that is there for a moment. */
const PROBE = 'belowdeck-births';
/** The kernel's numbers begin anew there (kernfs: idr_alloc_cyclic). */
const NUMBERS = 2 ** 31;

/**
 * The kernel gives each cgroup's folder and each file in it the next number of their hierarchy and shows it as that of the
 * inode. So two folders of our own tell how many were made between them, whoever made them and wherever.
 */
export function createCgroupBirths(
  hierarchies: readonly string[],
  probe: (hierarchy: string) => Promise<NewCgroup | null> = makeOne,
  now: () => number = () => performance.now(),
): CgroupBirths {
  const last = new Map<string, { number: number; at: number }>();

  return {
    async perSecond() {
      let sum = 0;
      for (const hierarchy of hierarchies) {
        const found = await probe(hierarchy);
        if (!found) continue;
        const at = now();
        const before = last.get(hierarchy);
        last.set(hierarchy, { number: found.number, at });
        if (!before || at <= before.at) continue;
        // Our own is one of them.
        const made = ((found.number - before.number + NUMBERS) % NUMBERS) / found.takes - 1;
        sum += Math.max(0, (made * 1_000) / (at - before.at));
      }
      return sum;
    },
  };
}

/** Null where that is closed to us, or one was left behind by a sandboxd that was killed: it is removed now. */
async function makeOne(hierarchy: string): Promise<NewCgroup | null> {
  const folder = path.join(hierarchy, PROBE);
  try {
    await fs.mkdir(folder);
    const { ino } = await fs.stat(folder);
    return { number: ino % NUMBERS, takes: 1 + (await fs.readdir(folder)).length };
  } catch {
    return null;
  } finally {
    await fs.rmdir(folder).catch(() => {});
  }
}
