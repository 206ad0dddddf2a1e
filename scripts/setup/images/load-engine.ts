import { docker, dockerPipe, dockerSucceeds } from './docker-cli.ts';
import type { Images } from './ensure-images.ts';
import { dropOtherStores, ensureImageStore } from './image-store.ts';
import { instanceNames } from './instance.ts';
import { ensureMirrorImages } from './mirror-images.ts';
import type { Reporter } from './reporter.ts';

/** sandboxd reads the name of the lab image from here. */
const ENGINE_IMAGE_FILE = '/var/lib/belowdeck/engine-image';

/**
 * Brings the lab image and the store of images preloaded in it into the engine of a running sandbox host, each only
 * when it is not there yet. Answers the lab image's name, which sandboxd reads from a file in the sandbox host.
 */
export async function loadEngine(instance: string, images: Images, report: Reporter): Promise<string> {
  const { container } = instanceNames(instance);
  const inside = ['exec', '-i', container, 'docker'];
  if (!(await dockerSucceeds([...inside, 'image', 'inspect', images.engine]))) {
    await report.step('Load the lab image into the sandbox host', async progress => {
      await dockerPipe(['save', images.engineBase], [...inside, 'load'], bytes =>
        progress(`${Math.round(bytes / 1e6)} MB`),
      );
      await docker([...inside, 'tag', images.engineBase, images.engine]);
      await docker([...inside, 'rmi', images.engineBase]);
    });
  }
  await ensureImageStore(container, images, report);
  await ensureMirrorImages(container, images, report);
  await docker(['exec', '-i', container, 'sh', '-c', `cat >${ENGINE_IMAGE_FILE}`], { input: `${images.engine}\n` });
  await dropOtherVersions(inside, images.engine);
  return images.engine;
}

/** Lab images and stores of earlier versions, unless a sandbox still uses them: then Docker refuses, and the next start tries again. */
async function dropOtherVersions(inside: readonly string[], current: string): Promise<void> {
  const listed = await docker([...inside, 'image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', 'belowdeck/engine']);
  for (const tag of listed.split('\n').filter(tag => tag !== '' && tag !== current)) {
    await dockerSucceeds([...inside, 'rmi', tag]);
  }
  await dropOtherStores(inside, current);
}
