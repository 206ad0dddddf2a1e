import { type MachineProbe, ok, refuse } from '../machine-probe.ts';

/** The first kernel that mounts overlayfs inside a user namespace. */
const NEEDED = [5, 11] as const;

export const kernelRelease: MachineProbe = {
  id: 'kernel-release',
  title: 'Kernel',
  where: 'anywhere',
  look({ release }) {
    const [major = 0, minor = 0] = release.split('.').map(part => Number.parseInt(part, 10));
    if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return ok(`Linux ${release}`);
    return refuse(
      `Linux ${release}`,
      `Sandboxes need Linux ${NEEDED.join('.')} or newer. Update the system and restart it.`,
    );
  },
};
