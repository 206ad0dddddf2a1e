import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { docker, dockerFromFile, dockerSucceeds, dockerToFile } from './docker-cli.ts';
import type { Images } from './ensure-images.ts';
import { fillStore } from './fill-store.ts';
import { stateFolder } from './paths.ts';
import type { Reporter } from './reporter.ts';

const WHOLE = 'belowdeck.image-store';

/** The hash in the lab image's name names its store as well: sandboxd derives one from the other. */
const hashOf = (engine: string) => engine.slice(engine.indexOf(':') + 1);
const VIEW = 'belowdeck-images-';
const FILLED = 'belowdeck-store-';

/**
 * Sees to it that a sandbox host has the volume `belowdeck-images-<hash>`: the image store that all sandboxes of this
 * lab image share. It is a read-only view that the sandbox host itself mounts, so that no sandbox can make it writable,
 * of a second volume that was filled once. A copy is kept as a file, from which later instances are filled in seconds.
 */
export async function ensureImageStore(host: string, images: Images, report: Reporter): Promise<void> {
  const hash = hashOf(images.engine);
  const inside = ['exec', '-i', host, 'docker'];
  if ((await wholeStores(inside)).includes(hash)) return;
  // A volume that only bears the name: Docker makes an empty one for a container that asks for it too early.
  await docker([...inside, 'volume', 'rm', '--force', VIEW + hash]);

  const kept = join(stateFolder, 'build', `store-${hash}.tar`);
  let folder = await emptyVolume(inside, FILLED + hash);
  if (!(await unpack(kept, host, folder, report))) {
    folder = await emptyVolume(inside, FILLED + hash);
    await fillStore(host, images, FILLED + hash, folder, report);
    await keep(host, folder, kept);
  }
  // The last step: this volume's label means that the store is whole.
  const asView = ['--opt', 'type=none', '--opt', 'o=bind,ro', '--opt', `device=${folder}`];
  await docker([...inside, 'volume', 'create', '--label', WHOLE, ...asView, VIEW + hash]);
}

/** Removes the stores of other lab images. What a sandbox uses stays, since Docker refuses to remove the view then. */
export async function dropOtherStores(inside: readonly string[], engine: string): Promise<void> {
  for (const hash of await wholeStores(inside)) {
    if (hash === hashOf(engine)) continue;
    if (await dockerSucceeds([...inside, 'volume', 'rm', VIEW + hash])) {
      await dockerSucceeds([...inside, 'volume', 'rm', FILLED + hash]);
    }
  }
}

async function wholeStores(inside: readonly string[]): Promise<string[]> {
  const listed = await docker([...inside, 'volume', 'ls', '--quiet', '--filter', `label=${WHOLE}`]);
  return listed.split('\n').flatMap(name => (name.startsWith(VIEW) ? [name.slice(VIEW.length)] : []));
}

/** Answers the folder of a new volume of that name, as the sandbox host sees it. */
async function emptyVolume(inside: readonly string[], name: string): Promise<string> {
  await docker([...inside, 'volume', 'rm', '--force', name]);
  await docker([...inside, 'volume', 'create', name]);
  return docker([...inside, 'volume', 'inspect', '--format', '{{.Mountpoint}}', name]);
}

/** False when there is no kept copy, or a damaged one, which goes. */
async function unpack(kept: string, host: string, folder: string, report: Reporter): Promise<boolean> {
  if (!existsSync(kept)) return false;
  const tar = ['exec', '-i', host, 'tar', '--numeric-owner', '-xpf', '-', '-C', folder];
  return report.step('Unpack the preloaded images', () =>
    dockerFromFile(kept, tar).then(
      () => true,
      async () => {
        await rm(kept, { force: true });
        return false;
      },
    ),
  );
}

async function keep(host: string, folder: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // Two instances may be filled at the same time: each writes its own, the last one stays.
  const part = `${file}.${process.pid}`;
  await dockerToFile(['exec', host, 'tar', '--numeric-owner', '-cf', '-', '-C', folder, '.'], part);
  await rename(part, file);
  const others = (await readdir(dirname(file))).map(name => join(dirname(file), name));
  for (const other of others)
    if (/store-[0-9a-f]+\.tar$/.test(other) && other !== file) await rm(other, { force: true });
}
