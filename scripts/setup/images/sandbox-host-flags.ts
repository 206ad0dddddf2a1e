import { INSTANCE_LABEL, instanceNames } from './instance.ts';
import type { MirrorSettings } from './mirror-settings.ts';

/** What the sandbox host as a whole may use, so that no sandbox can take the machine down. */
export type HostLimits = { memoryBytes: number; cpus: number; pids: number };

export type SandboxHostOptions = {
  instance: string;
  image: string;
  token: string;
  limits: HostLimits;
  /** Port on 127.0.0.1 where sandboxd is published; without it Docker picks one, another at each start. */
  port?: number;
  /** Folder of the machine, its owner's only, in which sandboxd puts a socket; without it there is the port only. */
  socketFolder?: string;
  /** The registry mirror; its defaults when left out. */
  mirror?: MirrorSettings;
  /** Ids of preflight probes whose refusal the operator accepts, by commas. */
  acceptUnsafe?: string;
  /** Least severe level that sandboxd logs; its own default when left out. */
  logLevel?: string;
  /** Folder of a checkout whose sandboxd/ and domain/ are bound over the image's: development only. */
  devMount?: string;
};

/**
 * Beyond Docker's default set. SYS_ADMIN mounts and makes namespaces, NET_ADMIN makes bridges and the fence,
 * SYS_PTRACE reads other users' /proc entries and is handed on to sandboxes (crun needs it there).
 */
export const CAPABILITIES = ['SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE'] as const;

/** Where sandboxd listens inside the sandbox host. */
export const SANDBOXD_PORT = 7070;

/** The name of its socket, in the folder that is mounted for it. */
export const SOCKET_NAME = 'sandboxd.sock';
/** Docker mounts it after the tmpfs above it: it sorts mounts by depth. */
const SOCKET_FOLDER = '/run/belowdeck';

/** The arguments of `docker run` for a sandbox host. Never `--privileged`: it fails where the machine itself lacks a capability. */
export function sandboxHostFlags(options: SandboxHostOptions): string[] {
  const { container, dockerVolume, stateVolume } = instanceNames(options.instance);
  const { memoryBytes, cpus, pids } = options.limits;
  return [
    // It comes back by itself when its init or the machine's Docker dies; `docker stop` keeps it down.
    ...['--restart', 'unless-stopped'],
    ...['--detach', '--name', container, '--hostname', container],
    ...['--label', `${INSTANCE_LABEL}=${options.instance}`],
    ...CAPABILITIES.flatMap(name => ['--cap-add', name]),
    // This one container is trusted and mounts things; label=disable is for SELinux, userns=host for hosts that remap.
    ...['seccomp=unconfined', 'apparmor=unconfined', 'systempaths=unconfined', 'label=disable'].flatMap(name => [
      '--security-opt',
      name,
    ]),
    ...['--userns', 'host', '--cgroupns', 'private', '--tmpfs', '/run'],
    ...[
      '--memory',
      String(memoryBytes),
      // Half as much again of swap, where the machine has any: for sandboxes that sleep. Running ones have none of it.
      '--memory-swap',
      String(Math.floor(memoryBytes * 1.5)),
      '--cpus',
      String(cpus),
      '--pids-limit',
      String(pids),
    ],
    ...['--log-opt', 'max-size=10m', '--log-opt', 'max-file=3'],
    ...['--volume', `${dockerVolume}:/var/lib/docker`, '--volume', `${stateVolume}:/var/lib/belowdeck`],
    ...['--publish', `127.0.0.1:${options.port ?? ''}:${SANDBOXD_PORT}`],
    // The value comes from docker's own environment, so that no process list shows it.
    ...[
      '--env',
      'BELOWDECKD_TOKEN',
      '--env',
      `BELOWDECKD_PORT=${SANDBOXD_PORT}`,
      '--env',
      `BELOWDECK_INSTANCE=${options.instance}`,
    ],
    ...Object.keys(options.mirror ?? {}).flatMap(name => ['--env', name]),
    ...(options.socketFolder ? socketMount(options.socketFolder) : []),
    ...(options.acceptUnsafe ? ['--env', `BELOWDECK_ACCEPT_UNSAFE_SANDBOXES=${options.acceptUnsafe}`] : []),
    ...(options.logLevel ? ['--env', `BELOWDECKD_LOG=${options.logLevel}`] : []),
    ...(options.devMount ? devMounts(options.devMount) : []),
  ];
}

function socketMount(folder: string): string[] {
  return ['--volume', `${folder}:${SOCKET_FOLDER}`, '--env', `BELOWDECKD_SOCKET=${SOCKET_FOLDER}/${SOCKET_NAME}`];
}

function devMounts(checkout: string): string[] {
  return ['sandboxd', 'domain'].flatMap(name => ['--volume', `${checkout}/${name}:/app/${name}:ro`]);
}
