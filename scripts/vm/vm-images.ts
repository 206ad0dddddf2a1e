import { ensureBaseImage } from '../setup/images/base-image.ts';
import { buildImage } from '../setup/images/build-image.ts';
import { contentHash } from '../setup/images/content-hash.ts';
import type { Reporter } from '../setup/images/reporter.ts';
import { guestFolder, qemuFolder } from './vm-places.ts';

/** What the virtual machine is made of, as images of this machine's Docker. */
export interface VmImages {
  /** QEMU, and what makes file systems. */
  qemu: string;
  /** The guest's root file system with its kernel. */
  guest: string;
}

/** Builds what is missing or changed, all of it from Debian's packages: 340 MB and 800 MB. */
export async function ensureVmImages(report: Reporter): Promise<VmImages> {
  const base = await ensureBaseImage(report);
  const tag = async (name: string, folder: string) => `belowdeck/vm-${name}:${await contentHash([folder], [base])}`;
  const qemu = await buildImage(
    { title: 'Build QEMU’s image (340 MB)', tag: await tag('qemu', qemuFolder), context: qemuFolder },
    report,
  );
  const guest = await buildImage(
    {
      title: 'Build the virtual machine’s system (800 MB)',
      tag: await tag('guest', guestFolder),
      context: guestFolder,
    },
    report,
  );
  return { qemu, guest };
}
