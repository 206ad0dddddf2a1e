import { type MachineProbe, ok, warn } from '../machine-probe.ts';

export const swapAccounting: MachineProbe = {
  id: 'swap-accounting',
  title: 'Swap is limited too',
  where: 'sandbox-host',
  look(machine) {
    const swap = machine.read('/proc/swaps')?.split('\n').length ?? 1;
    if (swap <= 1) return ok('this machine has no swap');
    const limited = ['/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes', '/sys/fs/cgroup/init/memory.swap.max'];
    if (limited.some(file => machine.exists(file))) return ok('the kernel counts it');
    return warn(
      'the kernel does not count it',
      'A sandbox can use the machine’s swap beyond its memory limit. Add swapaccount=1 to the kernel command line, or switch swap off.',
    );
  },
};
