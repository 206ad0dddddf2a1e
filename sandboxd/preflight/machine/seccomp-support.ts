import { type MachineProbe, ok, refuse } from '../machine-probe.ts';

const needed = ['errno', 'kill_process', 'allow'];

export const seccompSupport: MachineProbe = {
  id: 'seccomp-support',
  title: 'System call filter',
  where: 'anywhere',
  look(machine) {
    const actions = machine.read('/proc/sys/kernel/seccomp/actions_avail')?.split(/\s+/) ?? [];
    const missing = needed.filter(action => !actions.includes(action));
    if (missing.length === 0) return ok('the kernel filters system calls');
    return refuse(
      actions.length === 0 ? 'this kernel has none' : `this kernel lacks ${missing.join(', ')}`,
      'Sandboxes need CONFIG_SECCOMP_FILTER. Install the distribution’s usual kernel.',
    );
  },
};
