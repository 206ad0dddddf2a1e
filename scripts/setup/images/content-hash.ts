import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * Twelve hex digits that change when any file below `folders`, or one of `parts`, changes.
 * READMEs and tests are left out: they are in no image.
 */
export async function contentHash(folders: readonly string[], parts: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part}\0`);
  for (const folder of folders) {
    for (const file of await filesBelow(folder)) {
      hash.update(`${relative(folder, file)}\0`);
      hash.update(await readFile(file));
      hash.update('\0');
    }
  }
  return hash.digest('hex').slice(0, 12);
}

/** Every file of an image below a folder, in a stable order. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile() && !/(^README\.md|\.test\.ts)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !file.includes('node_modules'))
    .sort();
}
