import { setTimeout as delay } from 'node:timers/promises';
import { docker, dockerPipe, dockerSucceeds } from './docker-cli.ts';
import type { Images } from './ensure-images.ts';
import type { Reporter } from './reporter.ts';

/** Longest wait for dockerd in the throw-away sandbox. */
const READY_TIMEOUT_MS = 60_000;
const THROW_AWAY = 'belowdeck-fill';

/**
 * Makes the finished lab image inside a sandbox host: a throw-away sandbox loads the preloaded images, under its user
 * namespace and with its own dockerd, and the resulting store becomes a layer on top of the lab image.
 */
export async function fillEngine(host: string, images: Images, report: Reporter): Promise<void> {
  const inside = ['exec', '-i', host, 'docker'];
  await cleanUp(inside);
  await report.step('Load the lab image into the sandbox host', progress =>
    dockerPipe(['save', images.engineBase], [...inside, 'load'], bytes => progress(`${Math.round(bytes / 1e6)} MB`)),
  );
  try {
    await report.step('Fill the lab image with nginx, busybox, debian, registry', async progress => {
      progress('starting a throw-away sandbox');
      await docker([...inside, ...throwAway(images.engineBase)]);
      const nested = [...inside, 'exec', '-i', THROW_AWAY, 'docker'];
      await answers(nested);
      const tags = images.preloaded.map(image => image.tag);
      await dockerPipe(['save', ...tags], [...nested, 'load'], bytes => progress(`${Math.round(bytes / 1e6)} MB`));
      for (const image of images.preloaded) {
        for (const name of image.knownAs) await docker([...nested, 'tag', image.tag, name]);
        await docker([...nested, 'rmi', image.tag]);
      }
      await docker([...inside, 'stop', '--time', '30', THROW_AWAY]);
      progress('keeping its store as a layer');
      await docker([...inside, ...storeCopier(images.engineBase)]);
      await docker([...inside, 'commit', ...RESTORED_CONFIG, `${THROW_AWAY}-copy`, images.engine]);
    });
  } finally {
    await cleanUp(inside);
  }
}

/** Only dockerd, without network or containers: it needs no cgroups, so nothing has to be delegated. */
function throwAway(image: string): string[] {
  const run = [
    'run',
    '--detach',
    '--name',
    THROW_AWAY,
    '--network',
    'none',
    '--cap-add',
    'SYS_ADMIN',
    '--cap-add',
    'NET_ADMIN',
  ];
  return [
    ...run,
    '--volume',
    `${THROW_AWAY}:/var/lib/docker`,
    '--tmpfs',
    '/run',
    '--entrypoint',
    'dockerd',
    image,
    ...NO_NETWORK,
  ];
}
const NO_NETWORK = ['--iptables=false', '--ip6tables=false', '--bridge=none'];

function storeCopier(image: string): string[] {
  const run = ['run', '--name', `${THROW_AWAY}-copy`, '--network', 'none', '--volume', `${THROW_AWAY}:/from:ro`];
  return [...run, '--entrypoint', '/usr/lib/belowdeck/copy-store', image];
}

/** A commit takes the container's own entrypoint: this puts the lab image's back. */
const RESTORED_CONFIG = ['ENTRYPOINT ["/usr/bin/tini", "--", "/usr/lib/belowdeck/entrypoint"]', 'CMD []'].flatMap(
  line => ['--change', line],
);

async function answers(nested: readonly string[]): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await dockerSucceeds([...nested, 'version']))) {
    if (Date.now() > deadline)
      throw new Error(`dockerd did not answer in the throw-away sandbox within ${READY_TIMEOUT_MS} ms`);
    await delay(100);
  }
}

async function cleanUp(inside: readonly string[]): Promise<void> {
  for (const args of [
    ['rm', '--force', THROW_AWAY, `${THROW_AWAY}-copy`],
    ['volume', 'rm', '--force', THROW_AWAY],
  ]) {
    await dockerSucceeds([...inside, ...args]);
  }
}
