import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acceptedUnsafe } from './accepted-unsafe.ts';
import { ensureImages } from './images/ensure-images.ts';
import { defaultHostLimits } from './images/host-limits.ts';
import { loadEngine } from './images/load-engine.ts';
import type { Reporter } from './images/reporter.ts';
import { startSandboxHost } from './images/sandbox-host.ts';
import { root } from './paths.ts';
import { Refusal } from './refusal.ts';
import { putSandboxSettings, sandboxSettingsFile } from './sandbox-settings.ts';
import { sandboxdPort } from './sandboxd-port.ts';
import { findSocket, makeSocketFolder } from './sandboxd-socket.ts';
import type { Secrets } from './secrets.ts';

const SANDBOXD_MS = 60_000;

/** Where a sandboxd answers: always at a port, where the machine allows it at a socket too. */
export interface SandboxdPlace {
  url: string;
  socket?: string;
}

/** Images, a running sandbox host, the lab image in it, and a sandboxd that answers; tells where. */
export async function ensureSandboxHost(state: string, secrets: Secrets, report: Reporter): Promise<SandboxdPlace> {
  const images = await ensureImages({ report });
  const socketFolder = await makeSocketFolder(state, secrets.instance);
  const options = {
    instance: secrets.instance,
    image: images.sandboxHost,
    token: secrets.sandboxdToken,
    limits: await defaultHostLimits(),
    socketFolder,
    ...acceptedUnsafe(process.env),
    // Checked with the settings of the web process, which has the same levels.
    logLevel: process.env.BELOWDECK_LOG_LEVEL,
    ...(process.env.BELOWDECK_DEV_MOUNT === '1' ? { devMount: root } : {}),
  };
  const host = await report.step('Starting the sandbox host', async () => {
    const port = await sandboxdPort(state);
    return startSandboxHost({ ...options, port }).catch(async (error: Error) => {
      if (!/port is already allocated|address already in use/.test(error.message)) throw error;
      rmSync(join(state, 'sandboxd-port')); // somebody else took it meanwhile: choose another
      return startSandboxHost({ ...options, port: await sandboxdPort(state) });
    });
  });
  // Before the lab image: the first sandbox of the pool is made by them.
  await putSandboxSettings(secrets.instance, sandboxSettingsFile(process.env, state));
  await loadEngine(secrets.instance, images, report);
  await report.step('Waiting for sandboxd', () => untilSandboxdAnswers(host.url, secrets.instance));
  return { url: host.url, socket: await findSocket(socketFolder) };
}

async function untilSandboxdAnswers(url: string, instance: string): Promise<void> {
  const until = Date.now() + SANDBOXD_MS;
  while (Date.now() < until) {
    if ((await fetch(`${url}/healthz`).catch(() => null))?.ok) return;
    await sleep(100);
  }
  throw new Refusal('sandboxd did not answer within a minute.', `What it says: docker logs belowdeck-${instance}`);
}
