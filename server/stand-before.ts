import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Of the kernel's -20 to 19: about nine times an ordinary program's weight. */
const NICE = -10;

/**
 * Has this process come before ordinary ones for the processor, where it may (as root, or with CAP_SYS_NICE): a key that it
 * passes on must not wait for somebody's sandbox. Only its main thread; V8's helpers stay where they are. Answers whether.
 */
export function standBefore(nice = NICE): boolean {
  try {
    setPriority(nice);
  } catch {
    return false;
  }
  try {
    // Where the kernel groups by session, niceness counts within the session only, and this is the session's own.
    writeFileSync('/proc/self/autogroup', String(nice));
  } catch {
    // No such groups here, or not for us: then niceness counts by itself.
  }
  return true;
}
