import fs from 'node:fs/promises';

/**
 * Waits, in a thread of Node's pool, until the disk has what anybody wrote to this file, or which names a folder has. No such
 * file: nothing to wait for. Throws what the disk says.
 */
export async function flushFile(file: string): Promise<void> {
  let handle: fs.FileHandle;
  try {
    handle = await fs.open(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
