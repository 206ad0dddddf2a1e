import { spawn } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
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
  const arch = await docker(['version', '--format', '{{.Server.Arch}}']);
  const system = `belowdeck/sandbox-host-system:${await contentHash([folder], [baseId, arch])}`;
  if (!(await imageExists(system))) await buildSystem(system, arch, report);
  const source = await stageSource();
  const tag = `belowdeck/sandbox-host:${await contentHash([source], [system])}`;
  return buildImage(
    {
      title: 'Build the sandbox host: source',
      tag,
      context: source,
      dockerfile: join(folder, 'source.Dockerfile'),
      args: { SYSTEM: system },
    },
    report,
  );
}

async function buildSystem(tag: string, arch: string, report: Reporter): Promise<void> {
  const context = join(stateFolder, 'build', 'sandbox-host');
  await rm(context, { recursive: true, force: true });
  await cp(folder, context, { recursive: true });
  await report.step('Stage sandboxd’s dependencies (npm)', progress =>
    npmCi(context, arch === 'arm64' ? 'arm64' : 'x64', progress),
  );
  await buildImage({ title: 'Build the sandbox host: system', tag, context }, report);
  await rm(context, { recursive: true, force: true });
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

async function stageSource(): Promise<string> {
  const context = join(stateFolder, 'build', 'source');
  await rm(context, { recursive: true, force: true });
  await mkdir(context, { recursive: true });
  await cp(join(repository, 'package.json'), join(context, 'package.json'));
  for (const name of SOURCE) {
    const wanted = (path: string) => !path.endsWith('.test.ts') && !path.includes('node_modules');
    await cp(join(repository, name), join(context, name), { recursive: true, filter: wanted }).catch(ignoreMissing);
  }
  return context;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
