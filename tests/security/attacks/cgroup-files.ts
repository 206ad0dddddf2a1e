import { cgroupFiles as escapes } from '#sandboxd/preflight/escapes/cgroup-files.ts';
import { type Attack, ofEscape } from '../support/attack.ts';

/** The limits of the sandbox, and the ways from a cgroup to the machine. */
export const cgroupFiles: readonly Attack[] = escapes.map(ofEscape);
