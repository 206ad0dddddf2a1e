import fs from 'node:fs';

/**
 * Which file an executable is: device, inode, size and change time. A copy, a replaced or an edited file differs;
 * the change time cannot be set by anybody.
 */
export type ExecutableIdentity = string;

/** Programs of the lab image whose processes checks rely on, with their paths in it. */
export const watchedExecutables = {
  dockerd: '/usr/sbin/dockerd',
  containerd: '/usr/bin/containerd',
  'containerd-shim-runc-v2': '/usr/bin/containerd-shim-runc-v2',
  runc: '/usr/sbin/runc',
  docker: '/usr/bin/docker',
} as const;
export type WatchedExecutable = keyof typeof watchedExecutables;

/** Identities recorded before the learner had the sandbox. */
export type GenuineExecutables = Partial<Record<WatchedExecutable, ExecutableIdentity>>;

/** Identity of the file behind a path or a /proc/PID/exe link; null when there is none. */
export function identityOf(path: string): ExecutableIdentity | null {
  try {
    const stat = fs.statSync(path, { bigint: true });
    return stat.isFile() ? [stat.dev, stat.ino, stat.size, stat.ctimeNs].join(':') : null;
  } catch {
    return null;
  }
}

/**
 * Whether a process of this executable runs the lab image's own file. Null for a program that is not watched.
 * A watched name with another file behind it is false.
 */
export function isGenuine(
  exe: string | null,
  identity: ExecutableIdentity | null,
  genuine: GenuineExecutables,
): boolean | null {
  if (exe === null) return null;
  const name = exe.slice(exe.lastIndexOf('/') + 1).replace(/ \(deleted\)$/, '');
  if (!Object.hasOwn(watchedExecutables, name)) return null;
  return identity !== null && identity === genuine[name as WatchedExecutable];
}
