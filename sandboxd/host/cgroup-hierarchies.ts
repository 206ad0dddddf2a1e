import fs from 'node:fs';
import path from 'node:path';

/** Folders of all hierarchies of version 1 below `root`; names like "cpu" may be links to "cpu,cpuacct". */
export function hierarchiesV1(root: string): string[] {
  return fs
    .readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => path.join(root, entry.name));
}
