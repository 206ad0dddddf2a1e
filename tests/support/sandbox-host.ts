import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureImages } from '#scripts/setup/images/ensure-images.ts';
import { defaultHostLimits } from '#scripts/setup/images/host-limits.ts';
import { instanceNames } from '#scripts/setup/images/instance.ts';
import { loadEngine } from '#scripts/setup/images/load-engine.ts';
import { consoleReporter } from '#scripts/setup/images/reporter.ts';
import { startSandboxHost } from '#scripts/setup/images/sandbox-host.ts';
import { stateDir } from '#scripts/setup/paths.ts';
import { sandboxdPort } from '#scripts/setup/sandboxd-port.ts';
import { findSocket, makeSocketFolder } from '#scripts/setup/sandboxd-socket.ts';
import { createSandboxdClient, type SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';

/** A real sandbox host for tests: one container for all of them, reused from run to run. */
export interface TestSandboxHost {
  /** Name of its container in the machine's Docker. */
  container: string;
  url: string;
  /** As `npm start` would give it to the web process. The tests' own clients use `url`. */
  socket?: string;
  token: string;
  /** A client of its own; stop it when done. */
  client(): SandboxdClient;
  /** Runs a command in the sandbox host. */
  inside(command: string[], options?: RunOptions): Promise<Output>;
  /** Runs a script in a sandbox, as the learner's shell would run it. */
  asLearner(sandboxId: string, script: string, options?: RunOptions): Promise<Output>;
  asRoot(sandboxId: string, script: string, options?: RunOptions): Promise<Output>;
  /** Ends with sandboxd answering again. */
  untilHealthy(): Promise<void>;
  /** Restarts the whole container. */
  restart(): Promise<void>;
}

export interface RunOptions {
  input?: string;
  timeoutMs?: number;
  /** Resolve whatever the exit code is. */
  mayFail?: boolean;
}
export interface Output {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Longest wait for sandboxd: it starts in a second; a busy machine takes its time. */
const HEALTHY_TIMEOUT_MS = 60_000;
const COMMAND_TIMEOUT_MS = 30_000;

/** The instance's name: several checkouts or people on one machine each set their own. */
const instance = process.env.BELOWDECK_TEST_INSTANCE ?? 'test';

let shared: Promise<TestSandboxHost> | undefined;

/** Builds what is missing, starts the instance or takes the one that runs; the first time takes minutes. */
export function testSandboxHost(): Promise<TestSandboxHost> {
  shared ??= bringUp();
  return shared;
}

async function bringUp(): Promise<TestSandboxHost> {
  const report = consoleReporter();
  const images = await ensureImages({ report });
  // The same for every run, so that a running instance is reused; it guards a loopback port of a test machine.
  const token = createHash('sha256').update(`belowdeck test instance ${instance}`).digest('hex');
  // A kept port, as an installation has one: it is the same after Docker has started the container again by itself.
  const folder = join(stateDir(), 'test-hosts', instance);
  mkdirSync(folder, { recursive: true });
  const socketFolder = await makeSocketFolder(stateDir(), instance);
  const { url } = await startSandboxHost({
    instance,
    image: images.sandboxHost,
    token,
    limits: await defaultHostLimits(),
    socketFolder,
    port: await sandboxdPort(folder),
  });
  await loadEngine(instance, images, report);
  const host = hostAt(url, token);
  await host.untilHealthy();
  await untilJudged(url);
  return { ...host, socket: await findSocket(socketFolder) };
}

/** Waits for the preflight of a new sandbox host: a claim waits for it too, but not as long as a very busy machine takes. */
async function untilJudged(url: string): Promise<void> {
  const deadline = Date.now() + HEALTHY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`).then(
      response => response.json(),
      () => null,
    );
    if (answer !== null && !['waiting', 'running'].includes(answer.preflight)) return;
    await pause(200);
  }
}

function hostAt(url: string, token: string): TestSandboxHost {
  const { container } = instanceNames(instance);
  const inside = (command: string[], options?: RunOptions) =>
    run(['docker', 'exec', '-i', container, ...command], options);
  const nested = (user: string) => (sandboxId: string, script: string, options?: RunOptions) =>
    inside(['docker', 'exec', '-i', '-u', user, `belowdeck-${sandboxId}`, 'bash', '-lc', script], options);
  return {
    container,
    url,
    token,
    client: () => createSandboxdClient({ url, token }),
    inside,
    asLearner: nested('learner'),
    asRoot: nested('root'),
    untilHealthy: () => untilHealthy(url),
    async restart() {
      await run(['docker', 'restart', '--time', '15', container], { timeoutMs: 60_000 });
      await untilHealthy(url);
    },
  };
}

async function untilHealthy(url: string): Promise<void> {
  const deadline = Date.now() + HEALTHY_TIMEOUT_MS;
  for (;;) {
    const healthy = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
      response => response.ok,
      () => false,
    );
    if (healthy) return;
    if (Date.now() > deadline)
      throw new Error(`sandboxd at ${url} is not healthy; see docker logs belowdeck-${instance}`);
    await pause(100);
  }
}

/** Runs a command; rejects with its words when it fails or takes too long. */
export function run([program = '', ...args]: string[], options: RunOptions = {}): Promise<Output> {
  return new Promise((resolve, reject) => {
    const timeout = options.timeoutMs ?? COMMAND_TIMEOUT_MS;
    const child = spawn(program, args, { stdio: 'pipe', timeout, killSignal: 'SIGKILL' });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0 || options.mayFail) resolve({ code, stdout: stdout.trim(), stderr: stderr.trim() });
      else reject(new Error(`${program} ${args.slice(0, 12).join(' ')}: exit ${code}\n${stderr.slice(-2_000)}`));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}
