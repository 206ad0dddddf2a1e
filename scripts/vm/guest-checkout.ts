import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { root } from '../setup/paths.ts';
import { run } from '../setup/run.ts';
import { inGuest } from './guest-channel.ts';

/** Where the checkout lies in the guest. */
export const CHECKOUT = '/belowdeck';

/** Packages come from their own read-only disk; what tools keep beside them is written over it. */
const LINK_PACKAGES = `mkdir -p node_modules /var/packages/up /var/packages/work
mountpoint -q node_modules || mount -t overlay overlay -o lowerdir=/packages/node_modules,upperdir=/var/packages/up,workdir=/var/packages/work node_modules`;

/** Brings the checkout as it is, uncommitted changes included, and what set-up made of it, into the guest. */
export async function copyCheckout(vm: string): Promise<void> {
  const files = [...(await checkoutFiles()), ...(await madeFiles())].filter(file => existsSync(join(root, file)));
  const tar = spawn('tar', ['-c', '-C', root, '--null', '-T', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
  Readable.from([files.map(file => `${file}\0`).join('')]).pipe(tar.stdin);
  const clean = `cd ${CHECKOUT} && find . -mindepth 1 -maxdepth 1 ! -name node_modules -exec rm -rf {} +`;
  await inGuest(vm, `set -e; ${clean}; tar -x; ${LINK_PACKAGES}`, { input: tar.stdout });
}

async function checkoutFiles(): Promise<string[]> {
  const listed = await run('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  return [...new Set(listed.split('\0'))].filter(file => file !== '');
}

/** Made by set-up here, the same there: the database clients and the stores of preloaded images. */
async function madeFiles(): Promise<string[]> {
  const builds = join(root, '.belowdeck/build');
  const stores = existsSync(builds) ? (await readdir(builds)).filter(name => name.endsWith('.tar')) : [];
  return ['prisma/generated', ...stores.map(name => `.belowdeck/build/${name}`)];
}
