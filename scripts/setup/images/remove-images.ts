import { docker } from './docker-cli.ts';

/** Images of other versions are kept this long: another checkout on this machine, or a branch, may want them again. */
const KEPT_MS = 3 * 24 * 3_600_000;

/**
 * Removes every image that Belowdeck built in the host's Docker, stages of builds that it kept without a name, and the base
 * image where it was made here. Done twice is fine.
 */
export async function removeImages(): Promise<void> {
  const built = await listImages('reference=belowdeck/*');
  const stages = await docker([
    'image',
    'ls',
    '--quiet',
    '--filter',
    'label=belowdeck.stage',
    '--filter',
    'dangling=true',
  ]);
  const made = await listImages('label=belowdeck.made-by=mmdebstrap');
  await removeAll([...built.map(image => image.tag), ...stages.split('\n'), ...made.map(image => image.tag)]);
}

/** Removes what updates left behind days ago. Images that a container uses stay: Docker refuses to remove them. */
export async function pruneImages(current: readonly string[], now: number = Date.now()): Promise<void> {
  const all = await listImages('reference=belowdeck/*');
  const old = all.filter(image => !current.includes(image.tag) && now - image.createdAt > KEPT_MS);
  await removeAll(old.map(image => image.tag));
}

type ListedImage = { tag: string; createdAt: number };

async function listImages(filter: string): Promise<ListedImage[]> {
  const format = '{{.Repository}}:{{.Tag}}\t{{.CreatedAt}}';
  const listed = await docker(['image', 'ls', '--filter', filter, '--format', format]);
  return listed.split('\n').flatMap(line => {
    const [tag = '', created = ''] = line.split('\t');
    // "2026-11-22 07:06:00 +0000 UTC": the zone's name is no part of any date format.
    return tag === '' || tag.includes('<none>') ? [] : [{ tag, createdAt: Date.parse(created.slice(0, 25)) }];
  });
}

async function removeAll(namesOrIds: readonly string[]): Promise<void> {
  for (const image of namesOrIds.filter(Boolean)) await docker(['rmi', image]).catch(() => undefined);
}
