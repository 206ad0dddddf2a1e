import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { docker } from './docker-cli.ts';
import { ensureImages } from './ensure-images.ts';
import { defaultHostLimits } from './host-limits.ts';
import { INSTANCE_LABEL } from './instance.ts';
import { loadEngine } from './load-engine.ts';
import { repository, stateFolder } from './paths.ts';
import { consoleReporter } from './reporter.ts';
import { removeSandboxHost, startSandboxHost, stopSandboxHost } from './sandbox-host.ts';

const usage = 'Usage: node scripts/setup/images/cli.ts build | up <instance> | down <instance> | rm <instance> | ps';

async function main([command, instance]: string[]): Promise<void> {
  const report = consoleReporter();
  if (command === 'ps') return console.log(await list());
  if (command === 'build') return console.log(await ensureImages({ report }));
  if (!instance) throw new Error(usage);
  if (command === 'down') return stopSandboxHost(instance);
  if (command === 'rm') return removeSandboxHost(instance);
  if (command !== 'up') throw new Error(usage);
  const images = await ensureImages({ report });
  const token = process.env.BELOWDECKD_TOKEN ?? (await developerToken(instance));
  const limits = await defaultHostLimits();
  const devMount = process.env.BELOWDECK_DEV_MOUNT === '1' ? { devMount: repository } : {};
  const { url } = await report.step('Start the sandbox host', () =>
    startSandboxHost({ instance, image: images.sandboxHost, token, limits, ...devMount }),
  );
  const engine = await loadEngine(instance, images, report);
  console.log(JSON.stringify({ container: `belowdeck-${instance}`, url, token, engine }, null, 2));
}

function list(): Promise<string> {
  return docker([
    'ps',
    '--all',
    '--filter',
    `label=${INSTANCE_LABEL}`,
    '--format',
    'table {{.Names}}\t{{.Status}}\t{{.Ports}}\t{{.Image}}',
  ]);
}

async function developerToken(instance: string): Promise<string> {
  const folder = join(stateFolder, 'instances');
  const file = join(folder, `${instance}.token`);
  await mkdir(folder, { recursive: true });
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept) return kept;
  const token = randomBytes(32).toString('base64url');
  await writeFile(file, token, { mode: 0o600 });
  return token;
}

await main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
