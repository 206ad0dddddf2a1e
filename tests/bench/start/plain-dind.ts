import type { TestSandboxHost } from '#tests/support/sandbox-host.ts';

/** What a plain Docker-in-Docker container takes: epoch milliseconds. */
export interface PlainStart {
  began: number;
  /** `docker run` came back. */
  ran: number;
  /** Its dockerd answers. */
  answered: number;
  name: string;
}

/**
 * Starts the lab image as one starts docker:dind: `docker run -d` in the very engine that our sandboxes run in, with its
 * dockerd as the first program, which starts its own containerd. No network of its own, no limits, no delegated cgroups,
 * no preloaded images: the least that gives a Docker that answers.
 */
export async function startPlainDind(host: TestSandboxHost): Promise<PlainStart> {
  const name = `bench-plain-${Date.now()}`;
  const image = (await host.inside(['cat', '/var/lib/belowdeck/engine-image'])).stdout;
  const { stdout } = await host.inside(['node', '-e', program, name, image]);
  return { ...JSON.parse(stdout), name };
}

export async function removePlainDind(host: TestSandboxHost, name: string): Promise<void> {
  await host.inside(['docker', 'rm', '--force', '--volumes', name]);
}

// Runs inside the sandbox host, where both engines' sockets are.
const program = `
const { execFileSync } = require('child_process');
const http = require('http');
const [name, image] = process.argv.slice(1);
const flags = ['SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE'].flatMap(one => ['--cap-add', one]);
const now = () => performance.timeOrigin + performance.now();
const get = (socketPath, path) => new Promise((resolve, reject) =>
  http.get({ socketPath, path }, answer => {
    let text = '';
    answer.on('data', more => (text += more)).on('end', () => resolve(text));
  }).on('error', reject));
(async () => {
  const began = now();
  execFileSync('docker', ['run', '-d', '--name', name, ...flags, '--security-opt', 'apparmor=unconfined',
    '--security-opt', 'systempaths=unconfined', '--tmpfs', '/run', '--tmpfs', '/var/lib/docker',
    '--entrypoint', 'dockerd', image, '--host', 'unix:///run/docker.sock'], { stdio: 'ignore' });
  const ran = now();
  const { State } = JSON.parse(await get('/run/docker.sock', '/containers/' + name + '/json'));
  for (;;) {
    const said = await get('/proc/' + State.Pid + '/root/run/docker.sock', '/_ping').catch(() => '');
    if (said === 'OK') break;
    if (now() - began > 60000) throw new Error('the plain dockerd does not answer');
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  console.log(JSON.stringify({ began, ran, answered: now() }));
})().catch(error => { console.error(error); process.exit(1); });
`;
