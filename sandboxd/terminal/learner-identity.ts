import fs from 'node:fs';
import { openRootOf, walk } from '#sandboxd/observer/no-symlink-walk.ts';

/** Both files are a few KB; a learner may have made them anything. */
const MAX_BYTES = 256 * 1024;
const MAX_GROUPS = 64;
const NAME = 'learner';

export interface LearnerIdentity {
  uid: number;
  gid: number;
  /** Other groups: `docker` among them unless a lab took it away. */
  groups: number[];
}

/** As the lab image makes the user; also where a sandbox's files say nothing usable. */
export const usualLearner: LearnerIdentity = { uid: 1000, gid: 1000, groups: [] };

const id = (text: string | undefined) => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null);

/** What login would make of passwd and group; pure. */
export function parseLearner(passwd: string, group: string): LearnerIdentity {
  const fields = passwd
    .split('\n')
    .find(line => line.startsWith(`${NAME}:`))
    ?.split(':');
  const groups = group
    .split('\n')
    .map(line => line.split(':'))
    .filter(line => line[3]?.split(',').includes(NAME))
    .flatMap(line => id(line[2]) ?? [])
    .slice(0, MAX_GROUPS);
  return { uid: id(fields?.[2]) ?? usualLearner.uid, gid: id(fields?.[3]) ?? usualLearner.gid, groups };
}

function readInside(root: number, path: string): string {
  const found = walk(root, path);
  if (found.end !== 'found') return '';
  try {
    if (!found.stat.isFile()) return '';
    const fd = fs.openSync(`/proc/self/fd/${found.fd}`, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    try {
      const buffer = Buffer.alloc(MAX_BYTES);
      return buffer.toString('latin1', 0, fs.readSync(fd, buffer, 0, MAX_BYTES, 0));
    } finally {
      fs.closeSync(fd);
    }
  } finally {
    fs.closeSync(found.fd);
  }
}

/**
 * Who `learner` is in the sandbox of this PID 1, by its own files: a new shell after `usermod -aG` is in the new group, as
 * after any login. The files can only name ids within the sandbox's user namespace.
 */
export function readLearner(initPid: number): LearnerIdentity {
  const root = openRootOf(initPid);
  try {
    return parseLearner(readInside(root, '/etc/passwd'), readInside(root, '/etc/group'));
  } finally {
    fs.closeSync(root);
  }
}
