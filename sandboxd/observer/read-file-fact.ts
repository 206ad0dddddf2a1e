import fs from 'node:fs';
import type { FileFact } from '#domain/facts/facts.ts';
import { isStillThere, type PinnedProcess } from '../host/pinned-process.ts';
import { unshiftUid } from '../host/proc-texts.ts';
import { openRootOf, walk } from './no-symlink-walk.ts';
import { observerLimits } from './observer-limits.ts';

/** File systems that hold a learner's data; the kernel's own (proc, sysfs, cgroup, …) would tell what is not his. */
const dataFileSystems = new Set([
  0x794c7630, // overlayfs
  0x01021994, // tmpfs
  0xef53, // ext2, ext3, ext4
  0x58465342, // xfs
  0x9123683e, // btrfs
]);

/**
 * Looks at one file below the root of a process, from outside: no link followed, nothing but a regular file opened, no
 * more than the bound read. Throws when the process is gone.
 */
export function readFileFact(process: PinnedProcess, uidMap: string, path: string, container: string | null): FileFact {
  const rootFd = openRootOf(process.pid);
  const nothing = { path, container, bytes: null, mode: null, uid: null, gid: null, content: null, truncated: false };
  try {
    // Once its root is open: a number that is another's by now would have led to another's root.
    if (!isStillThere(process)) throw new Error('the process is gone');
    const found = walk(rootFd, path);
    if (found.end === 'absent') return { ...nothing, kind: 'absent' };
    if (found.end === 'symlink') return { ...nothing, kind: found.last ? 'symlink' : 'refused' };
    if (found.end === 'refused') return { ...nothing, kind: 'refused' };
    try {
      const { stat } = found;
      const known = {
        ...nothing,
        bytes: stat.size,
        mode: stat.mode & 0o7777,
        uid: unshiftUid(uidMap, stat.uid),
        gid: unshiftUid(uidMap, stat.gid),
      };
      if (stat.isDirectory()) return { ...known, kind: 'directory' };
      if (stat.isSocket()) return { ...known, kind: 'socket' };
      if (!stat.isFile()) return { ...known, kind: 'other' };
      const content = readContent(found.fd);
      if (content === null) return { ...known, kind: 'refused' };
      return { ...known, kind: 'file', content: content.text, truncated: content.truncated };
    } finally {
      fs.closeSync(found.fd);
    }
  } finally {
    fs.closeSync(rootFd);
  }
}

/** Null for a file we do not open. */
function readContent(pathFd: number): { text: string; truncated: boolean } | null {
  const path = `/proc/self/fd/${pathFd}`;
  if (!dataFileSystems.has(fs.statfsSync(path).type)) return null;
  let fd: number;
  try {
    fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  } catch {
    return null;
  }
  try {
    const buffer = Buffer.alloc(observerLimits.maxFileBytes + 1);
    let length = 0;
    while (length < buffer.length) {
      const read = fs.readSync(fd, buffer, length, buffer.length - length, length);
      if (read === 0) break;
      length += read;
    }
    const truncated = length > observerLimits.maxFileBytes;
    return { text: buffer.toString('utf8', 0, Math.min(length, observerLimits.maxFileBytes)), truncated };
  } catch {
    return null;
  } finally {
    fs.closeSync(fd);
  }
}
