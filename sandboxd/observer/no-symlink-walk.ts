import fs from 'node:fs';
import { observerLimits } from './observer-limits.ts';

/** Linux's O_PATH, the same on x86-64 and arm64; Node has no name for it. A descriptor that names a file without opening it. */
const O_PATH = 0o10000000;
const { O_NOFOLLOW, O_DIRECTORY } = fs.constants;

/** What a walk ended at. `found` holds an O_PATH descriptor that the caller closes. */
export type Walk =
  | { end: 'found'; fd: number; stat: fs.Stats }
  | { end: 'absent' }
  /** A link on the way or at the end: never followed, since it would be followed outside the sandbox. */
  | { end: 'symlink'; at: string; last: boolean }
  | { end: 'refused'; reason: string };

/** Opens the root directory of a process as it sees it, without following it anywhere else. Throws when it is gone. */
export function openRootOf(pid: number): number {
  return fs.openSync(`/proc/${pid}/root`, O_PATH | O_DIRECTORY);
}

/**
 * Walks from a directory to an absolute path, one component at a time, each opened by name below the descriptor of the
 * last: no symbolic link is followed, so that nothing a learner makes leads out of his sandbox. `.` and `..` are refused.
 */
export function walk(rootFd: number, path: string): Walk {
  const names = path.split('/').filter(name => name !== '');
  if (!path.startsWith('/') || names.length === 0 || names.length > observerLimits.maxPathDepth)
    return { end: 'refused', reason: 'not a path we walk' };
  if (names.some(name => name === '.' || name === '..' || name.includes('\0')))
    return { end: 'refused', reason: 'not a plain path' };
  let current = rootFd;
  try {
    for (const [index, name] of names.entries()) {
      const next = fs.openSync(`/proc/self/fd/${current}/${name}`, O_PATH | O_NOFOLLOW);
      if (current !== rootFd) fs.closeSync(current);
      current = next;
      const stat = fs.fstatSync(current);
      const last = index === names.length - 1;
      if (stat.isSymbolicLink()) {
        fs.closeSync(current);
        return { end: 'symlink', at: `/${names.slice(0, index + 1).join('/')}`, last };
      }
      if (last) return { end: 'found', fd: current, stat };
      if (!stat.isDirectory()) {
        fs.closeSync(current);
        return { end: 'absent' };
      }
    }
    return { end: 'absent' };
  } catch (error) {
    if (current !== rootFd) fs.closeSync(current);
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { end: 'absent' };
    return { end: 'refused', reason: code ?? 'cannot be opened' };
  }
}
