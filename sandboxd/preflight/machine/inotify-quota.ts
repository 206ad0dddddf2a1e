import { type MachineProbe, ok, warn } from '../machine-probe.ts';

/** One sandbox can make as many as its memory and processes allow: about 20,000 were tried. */
const ENOUGH = 100_000;

/** Raised when the sandbox host starts, where that is allowed: what it is before says nothing. */
export const inotifyQuota: MachineProbe = {
  id: 'inotify-quota',
  title: 'inotify instances',
  where: 'sandbox-host',
  look(machine) {
    const quota = Number(machine.read('/proc/sys/fs/inotify/max_user_instances'));
    if (quota >= ENOUGH) return ok(String(quota));
    return warn(
      `${quota}, shared by all of the machine`,
      'One sandbox can keep programs from watching files on the whole machine. Run as root: sysctl -w fs.inotify.max_user_instances=16777216',
    );
  },
};
