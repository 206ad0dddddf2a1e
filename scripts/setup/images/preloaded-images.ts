import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildImage, imageExists } from './build-image.ts';
import { contentHash } from './content-hash.ts';
import { docker, dockerPipe } from './docker-cli.ts';
import { labImages } from './paths.ts';
import type { Reporter } from './reporter.ts';

/** One image that every sandbox has from the start: its name here, and the names learners know it by. */
export type PreloadedImage = { tag: string; knownAs: string[] };

/** Builds what lies in lab-images/preloaded, each as one layer. */
export async function ensurePreloadedImages(baseId: string, report: Reporter): Promise<PreloadedImage[]> {
  const folder = join(labImages, 'preloaded');
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name);
  const images: PreloadedImage[] = [];
  for (const name of names.sort()) images.push(await ensureOne(name, join(folder, name), baseId, report));
  return images;
}

async function ensureOne(name: string, folder: string, baseId: string, report: Reporter): Promise<PreloadedImage> {
  const tag = `belowdeck/preload-${name}:${await contentHash([folder], [baseId])}`;
  const knownAs = await lines(join(folder, 'tags'));
  if (await imageExists(tag)) return { tag, knownAs };
  await report.step(`Build image ${name} for sandboxes`, async progress => {
    const built = `${tag}-layers`;
    await buildImage(
      { title: name, tag: built, context: folder },
      { step: (_title, work) => work(progress), note: progress },
    );
    await flatten(built, tag, await readFile(join(folder, 'config'), 'utf8'));
    await docker(['rmi', built]);
  });
  return { tag, knownAs };
}

/**
 * One layer: whiteouts are devices, which a user namespace cannot make when the store is filled.
 * The configuration comes by a build on top, because `docker import --change` knows no STOPSIGNAL.
 */
async function flatten(from: string, to: string, config: string): Promise<void> {
  const flat = `${to}-flat`;
  const container = await docker(['create', from, '-']);
  try {
    await dockerPipe(['export', container], ['import', '-', flat]);
  } finally {
    await docker(['rm', container]);
  }
  await docker(['build', '--tag', to, '-'], { input: `FROM ${flat}\n${config}` });
  await docker(['rmi', flat]);
}

async function lines(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\n').filter(line => line.trim() !== '');
}
