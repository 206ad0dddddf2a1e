import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { contentHash } from './content-hash.ts';
import { docker, dockerFromFile, dockerPipe, dockerSucceeds, dockerToFile } from './docker-cli.ts';
import type { Images } from './ensure-images.ts';
import { stateFolder } from './paths.ts';
import type { PreloadedImage } from './preloaded-images.ts';
import type { Reporter } from './reporter.ts';

const FOLDER = '/var/lib/belowdeck/mirror';
/** Where mirror-fill.yml lets a registry listen while it is filled. */
const FILL = '127.0.0.1:5009';
const FILL_TIMEOUT_MS = 20_000;

/**
 * Sees to it that the mirror of a sandbox host serves the preloaded images under the names learners type. They are pushed
 * once, by Docker itself, to a registry that listens inside only; a copy is kept as a file for later instances.
 */
export async function ensureMirrorImages(host: string, images: Images, report: Reporter): Promise<void> {
  const hash = await contentHash(
    [],
    images.preloaded.flatMap(image => [image.tag, ...image.knownAs]),
  );
  const name = `images-${hash}`;
  if (await dockerSucceeds(['exec', host, 'sh', '-c', `[ "$(readlink ${FOLDER}/preloaded)" = ${name} ]`])) return;

  const kept = join(stateFolder, 'build', `mirror-${hash}.tar`);
  if (!(await unpack(kept, host, report))) {
    await fill(host, images.preloaded, report);
    await keep(host, kept);
  }
  // The link changes in one step and last: what it leads to is whole. The registry follows it at once.
  await docker([
    ...['exec', host, 'sh', '-ec'],
    `cd ${FOLDER}; chmod -R u=rwX,go=rX fill; rm -rf ${name}; mv fill ${name}; ln -sfn ${name} next; mv -T next preloaded
     for old in images-*; do [ $old = ${name} ] || rm -rf $old; done`,
  ]);
}

async function emptyFolder(host: string): Promise<void> {
  await docker(['exec', host, 'sh', '-c', `rm -rf ${FOLDER}/fill; mkdir -p ${FOLDER}/fill`]);
}

/** False when there is no kept copy, or a damaged one, which goes. */
async function unpack(kept: string, host: string, report: Reporter): Promise<boolean> {
  if (!existsSync(kept)) return false;
  await emptyFolder(host);
  return report.step('Unpack the images of the registry mirror', () =>
    dockerFromFile(kept, ['exec', '-i', host, 'tar', '-xf', '-', '-C', `${FOLDER}/fill`]).then(
      () => true,
      async () => {
        await rm(kept, { force: true });
        return false;
      },
    ),
  );
}

async function fill(host: string, images: readonly PreloadedImage[], report: Reporter): Promise<void> {
  const inside = ['exec', '-i', host, 'docker'];
  await emptyFolder(host);
  await report.step('Fill the registry mirror', async progress => {
    const registry = 'docker-registry serve /etc/belowdeck/mirror-fill.yml & echo $! >/run/mirror-fill.pid; wait';
    await docker(['exec', '--detach', host, 'sh', '-c', registry]);
    try {
      const tags = images.map(image => image.tag);
      await dockerPipe(['save', ...tags], [...inside, 'load'], bytes => progress(`${Math.round(bytes / 1e6)} MB`));
      await answers(host);
      for (const { tag, knownAs } of images) {
        for (const name of knownAs) {
          const target = `${FILL}/library/${name}`;
          progress(name);
          await docker([...inside, 'tag', tag, target]);
          await docker([...inside, 'push', '--quiet', target]);
          await docker([...inside, 'rmi', target]);
        }
      }
    } finally {
      for (const { tag } of images) await dockerSucceeds([...inside, 'rmi', tag]);
      await dockerSucceeds(['exec', host, 'sh', '-c', 'kill "$(cat /run/mirror-fill.pid)"; rm /run/mirror-fill.pid']);
    }
  });
}

async function answers(host: string): Promise<void> {
  const deadline = Date.now() + FILL_TIMEOUT_MS;
  while (!(await dockerSucceeds(['exec', host, 'curl', '-sf', '--max-time', '2', `http://${FILL}/v2/`]))) {
    if (Date.now() > deadline) throw new Error(`The registry in ${host} did not answer within ${FILL_TIMEOUT_MS} ms.`);
    await delay(100);
  }
}

async function keep(host: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // Two instances may be filled at the same time: each writes its own, the last one stays.
  const part = `${file}.${process.pid}`;
  await dockerToFile(['exec', host, 'tar', '-cf', '-', '-C', `${FOLDER}/fill`, '.'], part);
  await rename(part, file);
  for (const name of await readdir(dirname(file))) {
    const other = join(dirname(file), name);
    if (/^mirror-[0-9a-f]+\.tar$/.test(name) && other !== file) await rm(other, { force: true });
  }
}
