import type { ProbeResult } from '#domain/protocol/preflight.ts';
import { cgroupVersion } from './machine/cgroup-version.ts';
import { diskSpace } from './machine/disk-space.ts';
import { inotifyQuota } from './machine/inotify-quota.ts';
import { kernelRelease } from './machine/kernel-release.ts';
import { keyQuota } from './machine/key-quota.ts';
import { memorySize } from './machine/memory-size.ts';
import { overlayInUserNamespace } from './machine/overlay-in-user-namespace.ts';
import { packetFilters } from './machine/packet-filters.ts';
import { seccompSupport } from './machine/seccomp-support.ts';
import { swapAccounting } from './machine/swap-accounting.ts';
import { userNamespaces } from './machine/user-namespaces.ts';
import { type Machine, type MachineProbe, warn } from './machine-probe.ts';

/** All that is asked of a machine, in the order in which it is shown. */
export const machineProbes: readonly MachineProbe[] = [
  kernelRelease,
  cgroupVersion,
  userNamespaces,
  overlayInUserNamespace,
  seccompSupport,
  packetFilters,
  keyQuota,
  inotifyQuota,
  memorySize,
  swapAccounting,
  diskSpace,
];

/** Looks at a machine. Never rejects: a probe that breaks is a warning that says so. */
export function probeMachine(
  machine: Machine,
  probes: readonly MachineProbe[] = machineProbes,
): Promise<ProbeResult[]> {
  return Promise.all(
    probes.map(async ({ id, title, look }): Promise<ProbeResult> => {
      const finding = await Promise.resolve()
        .then(() => look(machine))
        .catch(error =>
          warn(
            `could not be looked at: ${(error as Error).message.slice(0, 160)}`,
            'Run npm run doctor -- --probe to look again; if it stays so, tell the authors what is shown here.',
          ),
        );
      return { id, kind: 'machine', title, ...finding };
    }),
  );
}
