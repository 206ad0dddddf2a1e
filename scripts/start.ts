// npm start: from whatever is there to a running Belowdeck, step by step; stays until Ctrl-C.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { consoleReporter } from './setup/images/reporter.ts';
import { stopSandboxHost } from './setup/images/sandbox-host.ts';
import { ensureDocker } from './setup/install-docker.ts';
import { ownerLinkIfNeeded } from './setup/owner-link.ts';
import { stateDir } from './setup/paths.ts';
import { insist, probeMachine, probePort } from './setup/preflight.ts';
import { ensurePrismaClient } from './setup/prisma-client.ts';
import { probeDatabase } from './setup/probe-database.ts';
import { endWith } from './setup/refusal.ts';
import { ensureSandboxHost } from './setup/sandbox-host.ts';
import { followSandboxSettings, readSandboxSettings, sandboxSettingsFile } from './setup/sandbox-settings.ts';
import { readSecrets } from './setup/secrets.ts';
import { ensureWebBuild } from './setup/web-build.ts';
import { databaseUrl, insistOnSettings, listenAddress, webEnv } from './setup/web-env.ts';
import { WebProcess } from './setup/web-process.ts';

const began = Date.now();

async function main(): Promise<void> {
  const { dev } = parseArgs({ options: { dev: { type: 'boolean', default: false } } }).values;
  const report = consoleReporter(process.stdout);
  const state = stateDir();
  mkdirSync(state, { recursive: true });
  const { host, port, url } = listenAddress(process.env);
  const secrets = readSecrets(state);
  insistOnSettings(webEnv({ state, secrets, sandboxd: { url: 'http://127.0.0.1' }, dev }));
  const sandboxSettings = sandboxSettingsFile(process.env, state);
  readSandboxSettings(sandboxSettings);
  insist([
    ...(await probeMachine(state)),
    await probePort(host, port),
    await probeDatabase(databaseUrl(process.env, state)),
  ]);
  insist([await ensureDocker(report, state)]);
  const sandboxd = await ensureSandboxHost(state, secrets, report);
  await ensurePrismaClient(report);
  if (!dev) await ensureWebBuild(report);

  const env = webEnv({ state, secrets, sandboxd, dev });
  const log = join(state, 'web.log');
  const web = new WebProcess(env, log, () => void stop(1, `The web process keeps dying. What it said: ${log}.`));
  let stopping = false;
  async function stop(code: number, why: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    console.log(`\n${why} Stopping what was started; progress, classes and images are kept.`);
    await web.stop();
    await stopSandboxHost(secrets.instance).catch((error: Error) =>
      console.error(`The sandbox host was not stopped: ${error.message}`),
    );
    process.exit(code);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0, `${signal}.`));

  web.start();
  followSandboxSettings(secrets.instance, sandboxSettings, text => console.log(text));
  await web.untilReady(`http://${host}:${port}`);
  const ownerLink = await ownerLinkIfNeeded(databaseUrl(process.env, state), url);
  console.log(`\nBelowdeck is ready after ${((Date.now() - began) / 1000).toFixed(0)} s: ${url}`);
  if (ownerLink) console.log(`You are the owner? Open this link once to make your account:\n  ${ownerLink}`);
  console.log(`What the web process says goes to ${log}.`);
  console.log('Ctrl-C stops it and keeps everything. `npm run uninstall` removes everything.\n');
}

main().catch(endWith);
