import { type MachineProbe, ok, refuse } from '../machine-probe.ts';

/** Mounts one on a tmpfs in a new user and mount namespace; all of it goes with the process. */
const script = `set -e; mount -t tmpfs none /mnt; cd /mnt; mkdir lower upper work merged; echo seen >lower/file
mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr none merged; cat merged/file`;

export const overlayInUserNamespace: MachineProbe = {
  id: 'overlay-in-user-namespace',
  title: 'overlayfs in a user namespace',
  where: 'sandbox-host',
  async look(machine) {
    const command = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', script];
    const { code, output } = await machine.run(command);
    if (code === 0 && output.endsWith('seen')) return ok('mounts');
    return refuse(
      `does not mount: ${output.slice(-160) || 'no answer'}`,
      'Load the module (modprobe overlay) on the machine, or update its kernel to 5.11 or newer.',
    );
  },
};
