const MiB = 1024 * 1024;

/** What no operator has a reason to change of a sandbox; the rest is `Limits` (domain/protocol/limits.ts). */
export const sandboxConstants = {
  /** /run: sockets, pid files, containerd's state. */
  runBytes: 64 * MiB,
  /** Files that the engine keeps of what the sandbox's init prints, each as large as the limit `log`. */
  logFiles: '2',
  /** The kernel kills a sandbox before it kills the platform when the sandbox host runs out of memory. */
  oomScoreAdj: 500,
} as const;
