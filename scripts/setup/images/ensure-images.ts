import { join } from 'node:path';
import { ensureBaseImage } from './base-image.ts';
import { buildImage } from './build-image.ts';
import { contentHash } from './content-hash.ts';
import { labImages } from './paths.ts';
import { ensurePreloadedImages, type PreloadedImage } from './preloaded-images.ts';
import { pruneImages } from './remove-images.ts';
import type { Reporter } from './reporter.ts';
import { ensureSandboxHostImage } from './sandbox-host-image.ts';

/** Everything a sandbox host needs, as names in the host's Docker. */
export type Images = {
  sandboxHost: string;
  /** The lab image without its preloaded images. */
  engineBase: string;
  preloaded: PreloadedImage[];
  /** The name of the finished lab image: engineBase plus the filled store. `loadEngine` makes it. */
  engine: string;
};

/** Builds what is missing or changed; when nothing changed this takes well under a second. */
export async function ensureImages({ report }: { report: Reporter }): Promise<Images> {
  const baseId = await ensureBaseImage(report);
  const folder = join(labImages, 'engine');
  const engineBase = await buildImage(
    {
      title: 'Build the lab image',
      tag: `belowdeck/engine-base:${await contentHash([folder], [baseId])}`,
      context: folder,
    },
    report,
  );
  const preloaded = await ensurePreloadedImages(baseId, report);
  const sandboxHost = await ensureSandboxHostImage(baseId, report);
  const known = preloaded.flatMap(image => [image.tag, ...image.knownAs]);
  await pruneImages([sandboxHost, engineBase, ...preloaded.map(image => image.tag)]);
  return {
    sandboxHost,
    engineBase,
    preloaded,
    engine: `belowdeck/engine:${await contentHash([], [engineBase, ...known])}`,
  };
}
