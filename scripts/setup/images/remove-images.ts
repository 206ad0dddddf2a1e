import { docker } from './docker-cli.ts';

/** Removes every image that Belowdeck built in the host's Docker, and the base image where it was made here. Done twice is fine. */
export async function removeImages(): Promise<void> {
  await removeAll(await listImages(['--filter', 'reference=belowdeck/*']));
  await removeAll(await listImages(['--filter', 'label=belowdeck.made-by=mmdebstrap']));
}

/**
 * Removes what an update left behind: images of other versions of the same names. Kept are the named ones, and any
 * that a container still uses, since Docker refuses to remove those.
 */
export async function pruneImages(current: readonly string[]): Promise<void> {
  const kept = new Set(current);
  const names = new Set(current.map(repositoryOf));
  const all = await listImages(['--filter', 'reference=belowdeck/*']);
  await removeAll(all.filter(tag => names.has(repositoryOf(tag)) && !kept.has(tag)));
}

async function listImages(filter: readonly string[]): Promise<string[]> {
  const listed = await docker(['image', 'ls', ...filter, '--format', '{{.Repository}}:{{.Tag}}']);
  return listed.split('\n').filter(tag => tag !== '' && !tag.includes('<none>'));
}

async function removeAll(tags: readonly string[]): Promise<void> {
  for (const tag of tags) await docker(['rmi', tag]).catch(() => undefined);
}

function repositoryOf(tag: string): string {
  return tag.slice(0, tag.lastIndexOf(':'));
}
