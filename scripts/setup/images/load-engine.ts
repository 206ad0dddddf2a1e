import { imageExists } from './build-image.ts';
import { docker, dockerPipe, dockerSucceeds } from './docker-cli.ts';
import type { Images } from './ensure-images.ts';
import { fillEngine } from './fill-engine.ts';
import { instanceNames } from './instance.ts';
import type { Reporter } from './reporter.ts';

/** sandboxd reads the name of the lab image from here. */
const ENGINE_IMAGE_FILE = '/var/lib/belowdeck/engine-image';

/**
 * Brings the finished lab image into the engine of a running sandbox host and answers its name. The first instance
 * fills the image's store and hands the result to the host's Docker, from where later instances only load it.
 */
export async function loadEngine(instance: string, images: Images, report: Reporter): Promise<string> {
  const { container } = instanceNames(instance);
  const inside = ['exec', '-i', container, 'docker'];
  if (!(await dockerSucceeds([...inside, 'image', 'inspect', images.engine]))) {
    if (!(await imageExists(images.engine))) {
      await fillEngine(container, images, report);
      await report.step('Keep the filled lab image for later', progress =>
        dockerPipe([...inside, 'save', images.engine], ['load'], bytes => progress(megabytes(bytes))),
      );
    } else {
      await report.step('Load the lab image into the sandbox host', progress =>
        dockerPipe(['save', images.engine], [...inside, 'load'], bytes => progress(megabytes(bytes))),
      );
    }
  }
  await docker(['exec', '-i', container, 'sh', '-c', `cat >${ENGINE_IMAGE_FILE}`], { input: `${images.engine}\n` });
  return images.engine;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
