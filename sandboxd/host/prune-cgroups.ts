import { spawn } from 'node:child_process';
import fs from 'node:fs';

/** Of the sandbox host: else a child of sandboxd has its place before all sandboxes, however nice it is. */
const WITH_WEIGHT = '/usr/lib/belowdeck/with-weight';

/**
 * Removes every cgroup below these folders that has no process and no child, deepest first, however many and deep. Those in
 * use stay: the kernel refuses. In a process of its own at the lowest priority, ended after `timeoutMs`. Never throws.
 */
export function pruneCgroups(folders: readonly string[], timeoutMs: number): Promise<void> {
  if (folders.length === 0) return Promise.resolve();
  // -delete removes by the open parent, so that no path is too long for it.
  const find = ['find', ...folders, '-mindepth', '1', '-depth', '-type', 'd', '-delete'];
  const behind = fs.existsSync(WITH_WEIGHT) ? [WITH_WEIGHT, 'behind', '2'] : [];
  const [program = '', ...args] = [...behind, 'nice', '-n', '19', ...find];
  return new Promise(resolve => {
    const child = spawn(program, args, { stdio: 'ignore', timeout: timeoutMs, killSignal: 'SIGKILL' });
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
}
