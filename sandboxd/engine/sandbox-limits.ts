const MiB = 1024 * 1024;

/**
 * What one sandbox may use, with the reason for each value. They are limits, not reservations: an idle sandbox
 * takes about 40 MiB, so a machine of 24 GiB holds far more than the fifteen that would all fill theirs.
 */
export const sandboxLimits = {
  /** dockerd + containerd (40 MiB) + a few labs' containers + the disk below, which lives in memory. Swap is none. */
  memoryBytes: 1536 * MiB,
  /** /var/lib/docker, a tmpfs: less than the memory, so that a full disk says ENOSPC before the kernel kills. */
  diskBytes: 1024 * MiB,
  /** Inodes of that tmpfs: an image of Debian's size has 8,000 files; a million would be 1 GiB of kernel memory. */
  inodes: 200_000,
  /** One and a half processors: a busy loop on both threads leaves room for the platform on two cores. */
  cpus: 1.5,
  /** Processes and threads. dockerd, containerd and a shim have 10 to 15 threads each; ten containers fit. */
  pids: 1024,
  /** /run: sockets, pid files, containerd's state. */
  runBytes: 64 * MiB,
  /** What the sandbox's init prints, kept by the sandbox host's engine. */
  logBytes: '1m',
  /** The kernel kills a sandbox before it kills the platform when the sandbox host runs out of memory. */
  oomScoreAdj: 500,
} as const;
