import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker, dockerSucceeds } from './docker-cli.ts';
import type { Reporter } from './reporter.ts';

/** The one base of every image here. */
export const BASE_IMAGE = 'debian:trixie-slim';
/** Longest wait for a registry: a slow line gets its 30 MB through, a dropped one does not hold up the start. */
const PULL_TIMEOUT_MS = 120_000;

/** There is neither a registry nor the means to make the base image. */
export class BaseImageError extends Error {
  readonly code = 'base-image-unavailable';
}

/** Sees to it that the base image is there, pulled or made, and answers its id. */
export async function ensureBaseImage(report: Reporter): Promise<string> {
  const there = await findImageId(BASE_IMAGE);
  if (there) return there;
  const pulled = await report.step(`Pull ${BASE_IMAGE}`, async progress => {
    return docker(['pull', BASE_IMAGE], { timeoutMs: PULL_TIMEOUT_MS, onLine: progress }).then(
      () => '',
      (error: Error) => error.message,
    );
  });
  if (pulled !== '') {
    report.note(
      `No registry answers here (${lastLine(pulled)}). ${BASE_IMAGE} is made from Debian's packages instead.`,
    );
    await makeBaseImage(report);
  }
  const id = await findImageId(BASE_IMAGE);
  if (!id) throw new BaseImageError(`${BASE_IMAGE} was obtained but is not among Docker's images.`);
  return id;
}

async function makeBaseImage(report: Reporter): Promise<void> {
  await ensureMmdebstrap(report);
  const folder = await mkdtemp(join(tmpdir(), 'belowdeck-base-'));
  const tar = join(folder, 'base.tar');
  try {
    await report.step(`Make ${BASE_IMAGE} with mmdebstrap`, async progress => {
      // What Debian's own slim image leaves out as well.
      const excluded = ['doc', 'man', 'info', 'locale', 'lintian', 'linda', 'groff'];
      await run(
        'mmdebstrap',
        [
          '--variant=minbase',
          ...excluded.map(name => `--dpkgopt=path-exclude=/usr/share/${name}/*`),
          '--dpkgopt=path-include=/usr/share/doc/*/copyright',
          '--dpkgopt=path-include=/usr/share/locale/locale.alias',
          'trixie',
          tar,
        ],
        progress,
      );
      await docker([
        'import',
        '--change',
        'CMD ["bash"]',
        '--change',
        'LABEL belowdeck.made-by=mmdebstrap',
        tar,
        BASE_IMAGE,
      ]);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ensureMmdebstrap(report: Reporter): Promise<void> {
  if (
    await run('mmdebstrap', ['--version']).then(
      () => true,
      () => false,
    )
  )
    return;
  const installs =
    process.getuid?.() === 0 &&
    (await run('apt-get', ['--version']).then(
      () => true,
      () => false,
    ));
  if (!installs) {
    throw new BaseImageError(
      `${BASE_IMAGE} cannot be pulled, and it can be made only by root on Debian or Ubuntu. Nothing was changed. ` +
        `Either give this machine access to a registry, or load the image by hand: docker load -i debian-trixie-slim.tar`,
    );
  }
  await report.step('Install mmdebstrap (apt)', async progress => {
    await run('apt-get', ['update', '-q'], progress);
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'mmdebstrap'], progress);
  });
}

async function findImageId(name: string): Promise<string | undefined> {
  if (!(await dockerSucceeds(['image', 'inspect', name]))) return undefined;
  return docker(['image', 'inspect', '--format', '{{.Id}}', name]);
}

function run(
  command: string,
  args: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let last = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        last = lastLine(chunk) || last;
        onLine(last);
      });
    }
    child.once('error', reject);
    child.once('close', status => {
      if (status === 0) resolve();
      else reject(new BaseImageError(`${command} failed (${status}): ${last}`));
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
