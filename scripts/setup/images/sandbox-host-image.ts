import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildImage, imageExists } from './build-image.ts';
import { contentHash } from './content-hash.ts';
import { docker } from './docker-cli.ts';
import { labImages, repository, stateFolder } from './paths.ts';
import type { Reporter } from './reporter.ts';

const folder = join(labImages, 'sandbox-host');
/** What of the repository runs inside the sandbox host. */
const SOURCE = ['sandboxd', 'domain'] as const;

/** Builds the sandbox host: system and dependencies first, source last, so that a source change takes seconds. */
export async function ensureSandboxHostImage(baseId: string, report: Reporter): Promise<string> {
  const system = await sandboxHostSystem(baseId);
  if (!(await imageExists(system))) await buildSystem(system, await engineArch(), report);
  return withFolder('source', async source => {
    await stageSource(source);
    return buildImage(
      {
        title: 'Build the sandbox host: source',
        tag: `belowdeck/sandbox-host:${await contentHash([source], [system])}`,
        context: source,
        dockerfile: join(folder, 'source.Dockerfile'),
        args: { SYSTEM: system },
      },
      report,
    );
  });
}

/** Name of the sandbox host without its source. */
export async function sandboxHostSystem(baseId: string): Promise<string> {
  return `belowdeck/sandbox-host-system:${await contentHash([folder], [baseId, await engineArch()])}`;
}

const engineArch = () => docker(['version', '--format', '{{.Server.Arch}}']);

async function buildSystem(tag: string, arch: string, report: Reporter): Promise<void> {
  const cpu = arch === 'arm64' ? 'arm64' : 'x64';
  await withFolder('sandbox-host', async context => {
    await cp(folder, context, { recursive: true });
    await report.step('Stage sandboxd’s dependencies (npm)', progress => npmCi(context, cpu, progress));
    // 68 MB of C headers that nothing here compiles against.
    await rm(join(context, 'node_modules', `node-linux-${cpu}`, 'include'), { recursive: true, force: true });
    await buildImage({ title: 'Build the sandbox host: system', tag, context }, report);
  });
}

/** A build's own context: two starts at the same time must not tidy up under each other. */
async function withFolder<T>(name: string, work: (context: string) => Promise<T>): Promise<T> {
  const builds = join(stateFolder, 'build');
  await mkdir(builds, { recursive: true });
  const context = await mkdtemp(join(builds, `${name}-`));
  try {
    return await work(context);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

/** The packages for the Linux of the engine, whatever this machine is (macOS, arm64). */
function npmCi(cwd: string, cpu: string, progress: (detail: string) => void): Promise<void> {
  const args = [
    'ci',
    '--os=linux',
    `--cpu=${cpu}`,
    '--libc=glibc',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        said = (said + chunk).slice(-2000);
        progress(chunk.trim());
      });
    }
    child.once('error', reject);
    child.once('close', status =>
      status === 0 ? resolve() : reject(new Error(`npm ci for the sandbox host failed:\n${said}`)),
    );
  });
}

/** Only what node and host.status need of package.json: a new dependency of the web must not replace the sandbox host. */
async function stageSource(context: string): Promise<void> {
  const { version, type, imports } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  await writeFile(join(context, 'package.json'), JSON.stringify({ version, type, imports }));
  const wanted = (path: string) => !/\.test\.ts$|node_modules|\/testing(\/|$)/.test(path);
  for (const name of SOURCE) {
    await cp(join(repository, name), join(context, name), { recursive: true, filter: wanted }).catch(ignoreMissing);
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
