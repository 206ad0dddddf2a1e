import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { docker } from '../setup/images/docker-cli.ts';
import { vmFolder, vmMount } from './vm-places.ts';

/** Makes a raw ext4 disk from a tar stream, as an ordinary user and without mounting it. `name` is a file of the VM's folder. */
export async function diskFromTar(
  qemu: string,
  name: string,
  bytes: number,
  tar: { command: string; args: readonly string[]; cwd?: string },
): Promise<void> {
  await mkdir(vmFolder, { recursive: true });
  const part = `${name}.part`;
  const script = `truncate -s ${bytes} /vm/${part} && mkfs.ext4 -q -F -d - /vm/${part}`;
  const source = spawn(tar.command, tar.args, { cwd: tar.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const sink = spawn('docker', ['run', '--rm', '-i', ...vmMount(), qemu, 'sh', '-c', script], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  source.stdout.pipe(sink.stdin);
  sink.stdin.on('error', () => source.kill());
  // Ended with 1: a file changed while tar read it, as tools' caches do.
  const [from, into] = await Promise.all([ended(source, [0, 1]), ended(sink, [0])]);
  if (from !== '' || into !== '') {
    await rm(join(vmFolder, part), { force: true });
    throw new Error(`The disk ${name} could not be made: ${into || from}`);
  }
  await rename(join(vmFolder, part), join(vmFolder, name));
}

/** Makes a raw ext4 disk of what a Docker volume holds, owners and extended attributes included. */
export async function diskFromVolume(qemu: string, name: string, bytes: number, volume: string): Promise<void> {
  await mkdir(vmFolder, { recursive: true });
  const part = `/vm/${name}.part`;
  const make = `truncate -s ${bytes} ${part} && mkfs.ext4 -q -F -d /data ${part}`;
  // Only root reads all of the volume; the file is this user's, as the others are.
  const give = `chown --reference=/vm ${part} && mv ${part} /vm/${name}`;
  const mounts = ['--volume', `${volume}:/data:ro`, '--volume', `${vmFolder}:/vm`, '--network', 'none'];
  await docker(['run', '--rm', ...mounts, qemu, 'sh', '-c', `${make} && ${give}`]);
}

/** Copies one file out of an image. */
export async function fileOfImage(image: string, path: string, name: string): Promise<void> {
  const container = await docker(['create', image, '-']);
  try {
    await docker(['cp', '--follow-link', `${container}:${path}`, join(vmFolder, name)]);
  } finally {
    await docker(['rm', container]);
  }
}

/** Whether a file of the VM's folder is there. */
export const hasFile = (name: string) => existsSync(join(vmFolder, name));

/** Removes files of earlier versions: names that begin as this one does and have another hash. */
export async function dropOthers(prefix: string, current: readonly string[]): Promise<void> {
  for (const name of await readdir(vmFolder))
    if (name.startsWith(prefix) && !current.includes(name)) await rm(join(vmFolder, name), { force: true });
}

/** Empty when it ended well, else its last words. */
function ended(child: ReturnType<typeof spawn>, well: readonly number[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-1_000);
    });
    child.once('error', reject);
    child.once('close', code => resolve(well.includes(code ?? -1) ? '' : said.trim() || `exit code ${code}`));
  });
}
