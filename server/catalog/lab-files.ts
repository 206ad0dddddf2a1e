import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Files of one lab, by path below its folder, with `/` between parts, sorted. */
export type LabFiles = ReadonlyMap<string, Buffer>;

const maxFileBytes = 2 * 1024 * 1024;

function files(folder: string, below: string): string[] {
  const entries: Dirent[] = readdirSync(path.join(folder, below), { withFileTypes: true });
  return entries
    .filter(entry => !entry.name.startsWith('.'))
    .flatMap(entry => {
      const inner = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return files(folder, inner);
      return entry.isFile() ? [inner] : [];
    })
    .sort();
}

/** Reads a lab's folder. Hidden files, links and devices are passed over. */
export function readLabFiles(folder: string): LabFiles {
  return new Map(
    files(folder, '').map(file => {
      const bytes = readFileSync(path.join(folder, file));
      if (bytes.length > maxFileBytes)
        throw new Error(`${path.join(folder, file)} is larger than ${maxFileBytes} bytes`);
      return [file, bytes];
    }),
  );
}

/** SHA-256 (hex) over names and contents: the same files give the same hash on every machine. */
export function hashLabFiles(files: LabFiles): string {
  const hash = createHash('sha256');
  for (const [file, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
