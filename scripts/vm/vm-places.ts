import { join } from 'node:path';
import { stateFolder } from '../setup/images/paths.ts';

/** Disks and kernels lie here: 1 GB for the system, 1 GB for the packages, 2 GB for Docker's images. Removed by uninstall. */
export const vmFolder = join(stateFolder, 'vm');
const here = import.meta.dirname;
export const guestFolder = join(here, 'guest');
export const qemuFolder = join(here, 'qemu');
/** By it every container of a virtual machine is found. */
export const VM_LABEL = 'belowdeck.vm';

/** Name of the container in which QEMU runs. */
export const vmContainer = () => `belowdeck-vm-${process.env.BELOWDECK_TEST_INSTANCE ?? 'test'}`;

/** The folder in QEMU's container, with files of this machine's user. */
export function vmMount(): string[] {
  const user = process.getuid ? ['--user', `${process.getuid()}:${process.getgid?.()}`] : [];
  return [...user, '--network', 'none', '--env', 'LC_ALL=C.UTF-8', '--volume', `${vmFolder}:/vm`];
}
