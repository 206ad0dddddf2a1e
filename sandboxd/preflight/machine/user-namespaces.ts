import { type MachineProbe, ok, refuse } from '../machine-probe.ts';

/** Distributions switch them off in different places; each has its own remedy. */
const switches = [
  { file: '/proc/sys/user/max_user_namespaces', off: '0', remedy: 'sysctl -w user.max_user_namespaces=15000' },
  {
    file: '/proc/sys/kernel/unprivileged_userns_clone',
    off: '0',
    remedy: 'sysctl -w kernel.unprivileged_userns_clone=1',
  },
];

export const userNamespaces: MachineProbe = {
  id: 'user-namespaces',
  title: 'User namespaces',
  where: 'anywhere',
  look(machine) {
    if (!machine.exists('/proc/self/ns/user'))
      return refuse(
        'this kernel has none',
        'Sandboxes need a kernel with CONFIG_USER_NS. Install the distribution’s usual one.',
      );
    for (const { file, off, remedy } of switches)
      if (machine.read(file) === off) return refuse(`${file} is ${off}`, `Run as root: ${remedy}`);
    return ok(`up to ${machine.read('/proc/sys/user/max_user_namespaces') ?? 'an unknown number'}`);
  },
};
