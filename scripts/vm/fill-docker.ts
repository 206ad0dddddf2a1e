import { setTimeout as delay } from 'node:timers/promises';
import { BASE_IMAGE } from '../setup/images/base-image.ts';
import { docker, dockerPipe, dockerSucceeds } from '../setup/images/docker-cli.ts';
import type { Images } from '../setup/images/ensure-images.ts';
import { defaultHostLimits } from '../setup/images/host-limits.ts';
import { instanceNames } from '../setup/images/instance.ts';
import { loadEngine } from '../setup/images/load-engine.ts';
import type { Reporter } from '../setup/images/reporter.ts';
import { removeSandboxHost, startSandboxHost, stopSandboxHost } from '../setup/images/sandbox-host.ts';
import { Refusal } from '../setup/refusal.ts';
import { vmLimits } from './vm-limits.ts';

/** The sandbox host of the tests in the guest, as tests/support/sandbox-host.ts names it there. */
const GUEST_INSTANCE = 'test';

export interface DockerFill {
  /** The guest's image, whose dockerd writes what the guest's dockerd will read. */
  guest: string;
  /** Names for a container, a sandbox host and volumes of this fill's own. */
  name: string;
  images: Images;
  /** The images that the guest's Docker shall have. */
  tags: readonly string[];
}

/**
 * Fills a volume with the data of a Docker that has this machine's images, and a sandbox host's volumes with the lab image
 * and the preloaded images loaded: what takes half an hour in an emulated machine takes a minute here. Answers the volume;
 * `dropFill` removes it.
 */
export async function fillDocker(fill: DockerFill, report: Reporter): Promise<string> {
  const { name, tags } = fill;
  const inside = ['exec', '-i', name, 'docker'];
  await dropFill(name);
  const caps = ['--cap-add', 'SYS_ADMIN', '--cap-add', 'NET_ADMIN'];
  const free = ['--security-opt', 'apparmor=unconfined', '--security-opt', 'seccomp=unconfined'];
  const start = ['run', '--detach', '--name', name, '--network', 'none', ...caps, ...free, '--tmpfs', '/run'];
  const daemon = ['dockerd', '--storage-driver=overlay2', '--iptables=false', '--ip6tables=false', '--bridge=none'];
  await docker([...start, '--volume', `${name}:/var/lib/docker`, fill.guest, ...daemon]);
  await answers(name);
  await report.step('Load this machine’s images for the virtual machine (1 GB)', async progress => {
    await dockerPipe(['save', ...tags], [...inside, 'load'], bytes => progress(`${Math.round(bytes / 1e6)} MB`));
    await insistOnSameIds(inside);
  });
  await fillHost(fill, report);
  await docker(['stop', '--time', '30', name]);
  return name;
}

/** A sandbox host here, without its agent, loads what its twin in the guest will find in the same volumes. */
async function fillHost({ name, images }: DockerFill, report: Reporter): Promise<void> {
  const limits = await defaultHostLimits();
  try {
    await startSandboxHost({
      instance: name,
      image: images.sandboxHost,
      token: 'fills-volumes-only'.repeat(2),
      limits,
    });
    // No sandbox shall be started there.
    await docker(['exec', instanceNames(name).container, 'sv', 'force-stop', 'sandboxd']);
    await loadEngine(name, images, report);
    await stopSandboxHost(name);
    const [from, to] = [instanceNames(name), instanceNames(GUEST_INSTANCE)];
    for (const key of ['dockerVolume', 'stateVolume'] as const) {
      await docker(['exec', name, 'docker', 'volume', 'create', to[key]]);
      const mount = ['--volume', `${from[key]}:/data:ro`, '--entrypoint', 'tar'];
      const pack = ['run', '--rm', ...mount, images.sandboxHost, ...XATTRS, '-c', '-C', '/data', '.'];
      const folder = `/var/lib/docker/volumes/${to[key]}/_data`;
      await dockerPipe(pack, ['exec', '-i', name, 'tar', ...XATTRS, '-x', '-C', folder]);
    }
  } finally {
    await removeSandboxHost(name);
  }
}

/** With overlayfs's own marks. */
const XATTRS = ['--numeric-owner', '--xattrs', '--xattrs-include=*'] as const;

/** Removes everything of a fill; nothing happens when there is nothing. */
export async function dropFill(name: string): Promise<void> {
  await dockerSucceeds(['rm', '--force', '--volumes', name]);
  await dockerSucceeds(['volume', 'rm', '--force', name]);
}

async function answers(name: string): Promise<void> {
  const until = Date.now() + vmLimits.fillerMs;
  while (!(await dockerSucceeds(['exec', name, 'docker', 'version']))) {
    if (Date.now() > until) {
      const log = await docker(['logs', '--tail', '5', name]);
      throw new Refusal(
        `A Docker that fills the virtual machine’s disk did not start: ${log}`,
        'It needs overlay2 on this machine’s Docker data folder: ext4, or xfs with ftype=1.',
      );
    }
    await delay(200);
  }
}

/** Images are named by the content of what they were made from, ids included: those must survive the journey. */
async function insistOnSameIds(inside: readonly string[]): Promise<void> {
  const ask = ['image', 'inspect', '--format', '{{.Id}}', BASE_IMAGE];
  if ((await docker(ask)) === (await docker([...inside, ...ask]))) return;
  throw new Refusal(
    'This machine’s Docker numbers images in another way than the guest’s, which would build them all again.',
    'Docker’s containerd image store does that. Turn it off ("features": { "containerd-snapshotter": false }) for this test.',
  );
}
