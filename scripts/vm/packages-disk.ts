import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from '../setup/images/content-hash.ts';
import type { Reporter } from '../setup/images/reporter.ts';
import { root } from '../setup/paths.ts';
import { run } from '../setup/run.ts';
import { diskFromTar, dropOthers, hasFile } from './make-disk.ts';
import { vmLimits } from './vm-limits.ts';

/** A disk with node_modules and the Node that runs this; made once per version of the lock file. */
export async function ensurePackagesDisk(qemu: string, report: Reporter): Promise<string> {
  const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
  const disk = `packages-${await contentHash([], [lock, process.version, qemu])}.img`;
  if (hasFile(disk)) return disk;
  await report.step('Make a disk of the packages (1 GB)', async () => {
    const modules = join(root, 'node_modules');
    const used = Number((await run('du', ['-s', '--block-size=1', modules])).split('\t')[0]);
    const node = process.execPath.slice(1);
    const args = [
      '-c',
      '--exclude=node_modules/.vi*',
      '-C',
      root,
      'node_modules',
      '-C',
      '/',
      '--transform',
      `s,^${node}$,node_modules/.bin/node,`,
      node,
    ];
    await diskFromTar(qemu, disk, used * 2 + vmLimits.packagesSpareBytes, { command: 'tar', args });
  });
  await dropOthers('packages-', [disk]);
  return disk;
}
