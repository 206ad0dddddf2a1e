import { parseMeminfo } from '../../pool/capacity.ts';
import { GiB, gibibytes, type MachineProbe, ok, warn } from '../machine-probe.ts';

const ENOUGH = 3 * GiB;

export const memorySize: MachineProbe = {
  id: 'memory-size',
  title: 'Memory of the machine',
  where: 'anywhere',
  look(machine) {
    const { totalBytes, freeBytes } = parseMeminfo(machine.read('/proc/meminfo') ?? '');
    const measured = `${gibibytes(totalBytes)}, ${gibibytes(freeBytes)} free`;
    if (totalBytes >= ENOUGH) return ok(measured);
    return warn(measured, `Belowdeck and two sandboxes need ${gibibytes(ENOUGH)}.`);
  },
};
