import { mkdir } from 'node:fs/promises';
import { docker } from '../setup/images/docker-cli.ts';
import type { Reporter } from '../setup/images/reporter.ts';
import { diskFromTar, dropOthers, fileOfImage, hasFile } from './make-disk.ts';
import type { VmImages } from './vm-images.ts';
import { vmLimits } from './vm-limits.ts';
import { vmFolder } from './vm-places.ts';

/** Files of the VM's folder. */
export interface SystemDisk {
  disk: string;
  kernel: string;
  initrd: string;
}

/** The guest's image as a disk that boots; made once per version of the image, and size. */
export async function ensureSystemDisk(images: VmImages, report: Reporter): Promise<SystemDisk> {
  const id = images.guest.slice(images.guest.indexOf(':') + 1);
  const hash = `${id}-${vmLimits.systemBytes}`;
  const system = { disk: `system-${hash}.img`, kernel: `system-${hash}.vmlinuz`, initrd: `system-${hash}.initrd` };
  if (Object.values(system).every(hasFile)) return system;
  await mkdir(vmFolder, { recursive: true });
  await report.step('Make the virtual machine’s disk (1 GB)', async () => {
    await fileOfImage(images.guest, '/vmlinuz', system.kernel);
    await fileOfImage(images.guest, '/initrd.img', system.initrd);
    const container = await docker(['create', images.guest, '-']);
    try {
      const tar = { command: 'docker', args: ['export', container] };
      await diskFromTar(images.qemu, system.disk, vmLimits.systemBytes, tar);
    } finally {
      await docker(['rm', container]);
    }
  });
  await dropOthers('system-', Object.values(system));
  return system;
}
