import { setTimeout as delay } from 'node:timers/promises';
import { docker, dockerPipe, dockerSucceeds } from './docker-cli.ts';
import type { Images } from './ensure-images.ts';
import type { Reporter } from './reporter.ts';

/** Longest wait for dockerd in the throw-away sandbox. */
const READY_TIMEOUT_MS = 60_000;
const THROW_AWAY = 'belowdeck-fill';

/**
 * Fills a volume of a sandbox host with the image store of a dockerd: a throw-away sandbox, in the same user namespace
 * as the learners' later, loads the preloaded images there. `docker build` cannot do that: it cannot run a dockerd.
 */
export async function fillStore(
  host: string,
  images: Images,
  volume: string,
  folder: string,
  report: Reporter,
): Promise<void> {
  const inside = ['exec', '-i', host, 'docker'];
  const nested = [...inside, 'exec', '-i', THROW_AWAY, 'docker'];
  await dockerSucceeds([...inside, 'rm', '--force', THROW_AWAY]);
  const names = images.preloaded.map(image => image.knownAs[0]?.split(':')[0]).join(', ');
  await report.step(`Preload ${names}`, async progress => {
    try {
      progress('starting a throw-away sandbox');
      await docker([...inside, ...throwAway(images.engine, volume)]);
      await answers(nested);
      const tags = images.preloaded.map(image => image.tag);
      await dockerPipe(['save', ...tags], [...nested, 'load'], bytes => progress(`${Math.round(bytes / 1e6)} MB`));
      for (const image of images.preloaded) {
        for (const name of image.knownAs) await docker([...nested, 'tag', image.tag, name]);
        await docker([...nested, 'rmi', image.tag]);
      }
      await docker([...inside, 'stop', '--time', '30', THROW_AWAY]);
    } finally {
      await dockerSucceeds([...inside, 'rm', '--force', THROW_AWAY]);
    }
    const others = ['!', '-name', 'image', '!', '-name', 'overlay2'];
    const found = ['find', folder, '-mindepth', '1', '-maxdepth', '1', ...others];
    await docker(['exec', host, ...found, '-exec', 'rm', '-rf', '{}', '+']);
  });
}

/** Only dockerd, without network or containers: it needs no cgroups, so nothing has to be delegated. */
function throwAway(image: string, volume: string): string[] {
  const run = ['run', '--detach', '--name', THROW_AWAY, '--network', 'none'];
  const caps = ['--cap-add', 'SYS_ADMIN', '--cap-add', 'NET_ADMIN', '--security-opt', 'apparmor=unconfined'];
  const disk = ['--volume', `${volume}:/var/lib/docker`, '--tmpfs', '/run', '--entrypoint', 'dockerd'];
  return [...run, ...caps, ...disk, image, '--iptables=false', '--ip6tables=false', '--bridge=none'];
}

async function answers(nested: readonly string[]): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await dockerSucceeds([...nested, 'version']))) {
    if (Date.now() > deadline)
      throw new Error(`dockerd did not answer in the throw-away sandbox within ${READY_TIMEOUT_MS} ms`);
    await delay(100);
  }
}
