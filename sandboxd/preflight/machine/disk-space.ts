import { GiB, gibibytes, type MachineProbe, ok, warn } from '../machine-probe.ts';

/** What the lab image, a start's layers and logs may take; sandboxes’ own disks are in memory. */
const ENOUGH = 2 * GiB;

export const diskSpace: MachineProbe = {
  id: 'disk-space',
  title: 'Disk of the sandbox host',
  where: 'sandbox-host',
  look(machine) {
    const free = machine.diskFree('/var/lib/docker');
    if (free >= ENOUGH) return ok(`${gibibytes(free)} free`);
    return warn(
      `${gibibytes(free)} free`,
      `Sandboxes stop starting when it is full. Keep ${gibibytes(ENOUGH)} free where Docker keeps its volumes (docker system df).`,
    );
  },
};
