import { type MachineProbe, ok, warn } from '../machine-probe.ts';

/** Each container costs one key of one shared user; a full house of thirty sandboxes with ten containers each. */
const ENOUGH = 400;

/** Raised when the sandbox host starts, where that is allowed: what it is before says nothing. */
export const keyQuota: MachineProbe = {
  id: 'key-quota',
  title: 'Kernel keys per user',
  where: 'sandbox-host',
  look(machine) {
    const file = '/proc/sys/kernel/keys/maxkeys';
    const quota = Number(machine.read(file));
    if (quota >= ENOUGH) return ok(String(quota));
    return warn(
      `${quota}`,
      `Every container in every sandbox holds one: beyond ${quota} none starts. Run as root: sysctl -w kernel.keys.maxkeys=20000 kernel.keys.maxbytes=2000000`,
    );
  },
};
