import type { Limits } from '#domain/protocol/limits.ts';
import { networkPlan } from '../host/network-plan.ts';
import { sandboxConstants } from './sandbox-limits.ts';
import { bridgeName, sandboxLabel, sandboxName } from './sandbox-names.ts';

/** All that may differ from sandbox to sandbox. Nothing a lab or a learner wrote is in here. */
export interface SandboxOptions {
  /** 12 hex digits, made by sandboxd. */
  id: string;
  /** Image reference or id in the sandbox host's engine. */
  image: string;
  egress: boolean;
  /** As the operator set them when it was made. */
  limits: Limits;
  /** Uid that the sandbox's root has outside (start of the remapped range): owner of its disk. */
  rootUid: number;
}

/**
 * What the sandbox's root needs to run dockerd, containerd and runc beyond Docker's default list. All of it counts
 * inside its user namespace only. crun needs SYS_PTRACE.
 */
export const addedCapabilities = ['SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE'] as const;

/** Body of `POST /volumes/create`: /var/lib/docker as a tmpfs whose size and inode count hold against root. */
export function volumeBody(options: SandboxOptions) {
  const { diskBytes, inodes } = options.limits;
  const owner = `uid=${options.rootUid},gid=${options.rootUid},mode=0711`;
  return {
    Name: sandboxName(options.id),
    Driver: 'local',
    DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: `size=${diskBytes},nr_inodes=${inodes},${owner}` },
    Labels: { [sandboxLabel]: options.id },
  };
}

/** Volume with the images preloaded in sandboxes of a lab image `belowdeck/engine:<hash>`; set-up makes it. */
export function imageStoreVolume(image: string): string {
  return `belowdeck-images-${image.slice(image.lastIndexOf(':') + 1)}`;
}

/** Body of `POST /networks/create`: a bridge of its own. */
export function networkBody(options: SandboxOptions) {
  return {
    Name: sandboxName(options.id),
    Driver: 'bridge',
    EnableIPv6: false,
    Options: {
      'com.docker.network.bridge.name': bridgeName(options.id),
      'com.docker.network.bridge.enable_icc': 'false',
    },
    Labels: { [sandboxLabel]: options.id },
  };
}

/**
 * Body of `POST /containers/create`: the one template every sandbox is made from. Never privileged, no host paths,
 * no devices, no host namespaces, always user-namespaced; sandbox-template.test.ts holds it to that.
 */
export function containerBody(options: SandboxOptions) {
  const { memoryBytes, cpus, pids, logBytes } = options.limits;
  const { runBytes, logFiles, oomScoreAdj } = sandboxConstants;
  return {
    Image: options.image,
    Hostname: 'lab',
    Labels: { [sandboxLabel]: options.id },
    HostConfig: {
      CapAdd: [...addedCapabilities],
      // The seccomp filter is the daemon's default (dockerd --seccomp-profile); AppArmor's default profile would refuse mounts.
      SecurityOpt: ['apparmor=unconfined'],
      // With Docker's masks over /proc the kernel refuses the fresh /proc that nested containers need.
      MaskedPaths: [],
      ReadonlyPaths: [],
      CgroupnsMode: 'private',
      IpcMode: 'private',
      NetworkMode: sandboxName(options.id),
      // Without egress nobody looks names up on its behalf; with it, a resolver of ours, since the machine's own often has
      // a private address.
      Dns: [options.egress ? networkPlan.mirror.address : '127.0.0.1'],
      Memory: memoryBytes,
      MemorySwap: memoryBytes,
      NanoCpus: Math.round(cpus * 1e9),
      PidsLimit: pids,
      OomScoreAdj: oomScoreAdj,
      Tmpfs: { '/run': `rw,nosuid,nodev,size=${runBytes},mode=755` },
      Mounts: [
        {
          Type: 'volume',
          Source: sandboxName(options.id),
          Target: '/var/lib/docker',
          VolumeOptions: { NoCopy: true },
        },
        {
          // Shared by all sandboxes of this image. The volume is a read-only view that the sandbox host mounts:
          // ReadOnly alone could be undone by root in the sandbox.
          Type: 'volume',
          Source: imageStoreVolume(options.image),
          Target: '/opt/store',
          ReadOnly: true,
          VolumeOptions: { NoCopy: true },
        },
      ],
      LogConfig: { Type: 'local', Config: { 'max-size': String(logBytes), 'max-file': logFiles } },
      RestartPolicy: { Name: 'no' },
    },
  };
}
