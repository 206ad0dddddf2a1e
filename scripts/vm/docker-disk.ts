import { BASE_IMAGE } from '../setup/images/base-image.ts';
import { contentHash } from '../setup/images/content-hash.ts';
import { docker } from '../setup/images/docker-cli.ts';
import type { Images } from '../setup/images/ensure-images.ts';
import type { Reporter } from '../setup/images/reporter.ts';
import { sandboxHostSystem } from '../setup/images/sandbox-host-image.ts';
import { dropFill, fillDocker } from './fill-docker.ts';
import { diskFromVolume, dropOthers, hasFile } from './make-disk.ts';
import type { VmImages } from './vm-images.ts';
import { vmLimits } from './vm-limits.ts';
import { vmContainer } from './vm-places.ts';

/**
 * The guest's /var/lib/docker as a disk, made once per set of images. The guest then finds what it would build, and needs
 * no network; the sandbox host's last layer, our source, it builds itself.
 */
export async function ensureDockerDisk(vm: VmImages, images: Images, report: Reporter): Promise<string> {
  const base = await docker(['image', 'inspect', '--format', '{{.Id}}', BASE_IMAGE]);
  const built = [await sandboxHostSystem(base), images.engineBase, ...images.preloaded.map(image => image.tag)];
  const tags = [BASE_IMAGE, ...built];
  const disk = `docker-${await contentHash([], [vm.guest, base, images.engine, ...tags])}.img`;
  if (hasFile(disk)) return disk;
  const name = `${vmContainer()}-fill`;
  try {
    const volume = await fillDocker({ guest: vm.guest, name, images, tags }, report);
    await report.step('Make the virtual machine’s disk for Docker (3 GB)', () =>
      diskFromVolume(vm.qemu, disk, vmLimits.dockerBytes, volume),
    );
  } finally {
    await dropFill(name);
  }
  await dropOthers('docker-', [disk]);
  return disk;
}
