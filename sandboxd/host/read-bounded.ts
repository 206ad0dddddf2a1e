import fs from 'node:fs';

const READ_ONLY = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK | fs.constants.O_NOFOLLOW;
/** Read at once where others have their turn meanwhile. */
const PIECE_BYTES = 64 * 1024;

/**
 * What is being read, for all readers: they never overlap. A buffer for each reading was megabytes of garbage a second, and
 * collecting that held up every terminal.
 */
let scratch = Buffer.allocUnsafeSlow(0);

/**
 * The first bytes of a file of the kernel's (/proc, /sys/fs/cgroup), as Latin-1 so that no byte is lost; null when
 * it is gone or may not be read. Synchronous: these reads take microseconds, a hop through the thread pool does not.
 */
export function readBounded(path: string, maxBytes: number): string | null {
  let fd: number;
  try {
    fd = fs.openSync(path, READ_ONLY);
  } catch {
    return null;
  }
  try {
    if (scratch.length < maxBytes) scratch = Buffer.allocUnsafeSlow(maxBytes);
    let length = 0;
    while (length < maxBytes) {
      const read = fs.readSync(fd, scratch, length, maxBytes - length, null);
      if (read === 0) break;
      length += read;
    }
    return scratch.toString('latin1', 0, length);
  } catch {
    return null;
  } finally {
    fs.closeSync(fd);
  }
}

/** The same for what takes the kernel longer: meanwhile others have their turn. */
export async function readBoundedLater(path: string, maxBytes: number): Promise<string | null> {
  const file = await fs.promises.open(path, READ_ONLY).catch(() => null);
  if (!file) return null;
  try {
    const pieces: Buffer[] = [];
    for (let left = maxBytes; left > 0; ) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(left, PIECE_BYTES));
      const { bytesRead } = await file.read({ buffer });
      if (bytesRead === 0) break;
      pieces.push(buffer.subarray(0, bytesRead));
      left -= bytesRead;
    }
    return Buffer.concat(pieces).toString('latin1');
  } catch {
    return null;
  } finally {
    await file.close();
  }
}
