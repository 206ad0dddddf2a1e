import fs from 'node:fs';

/** TMPFS_MAGIC of linux/magic.h. */
const TMPFS = 0x01021994;

/** What is used of a sandbox's disk, as its file system counts. */
export interface VolumeUsage {
  bytes: number;
  inodes: number;
}

/**
 * Asks the file system mounted at a volume's folder, from outside. Null when the volume is not mounted: the folder then
 * belongs to another disk, whose numbers are nobody's business here.
 */
export function readVolumeUsage(mountpoint: string): VolumeUsage | null {
  try {
    const stat = fs.statfsSync(mountpoint);
    if (stat.type !== TMPFS) return null;
    return { bytes: (stat.blocks - stat.bfree) * stat.bsize, inodes: stat.files - stat.ffree };
  } catch {
    return null;
  }
}
