import { kernelFiles as escapes } from '#sandboxd/preflight/escapes/kernel-files.ts';
import { type Attack, ofEscape } from '../support/attack.ts';

/** Settings and switches of the machine's kernel: those that sandboxd itself tries before it gives sandboxes away. */
export const kernelFiles: readonly Attack[] = escapes.map(ofEscape);
