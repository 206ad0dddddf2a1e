import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { docker, dockerSucceeds } from './docker-cli.ts';
import { instanceNames } from './instance.ts';
import { mirrorSettings } from './mirror-settings.ts';
import { SANDBOXD_PORT, type SandboxHostOptions, sandboxHostFlags } from './sandbox-host-flags.ts';

/** Where sandboxd of a started sandbox host is reached, from this machine only. */
export type SandboxHostAddress = { url: string; port: number };

/** Longest wait for the inner engine: a cold disk and a full volume need seconds, not a minute. */
const ENGINE_TIMEOUT_MS = 60_000;
/** Thousands of cgroups take a second. */
const THAW_TIMEOUT_MS = 10_000;
/** Covers what is not in the flags' text. */
const CONFIG_LABEL = 'belowdeck.config';

/** The inner engine did not come up. */
export class SandboxHostError extends Error {
  readonly code = 'sandbox-host-failed';
}

/**
 * Runs the sandbox host of an instance, or starts the one that is there, or replaces it when image, limits or token
 * changed. Its volumes are kept in each case. Ends when the engine inside answers; sandboxd may take longer.
 */
export async function startSandboxHost(options: SandboxHostOptions): Promise<SandboxHostAddress> {
  const { container } = instanceNames(options.instance);
  const mirror = options.mirror ?? mirrorSettings(process.env);
  const flags = sandboxHostFlags({ ...options, mirror });
  const config = createHash('sha256')
    .update(JSON.stringify([flags, options.image, options.token, mirror]))
    .digest('hex')
    .slice(0, 16);
  const present = await findConfig(container);
  if (present !== undefined && present !== config) {
    await thaw(container);
    await docker(['rm', '--force', container]);
  }
  if (present === config) await docker(['start', container]);
  else {
    await docker(['run', ...flags, '--label', `${CONFIG_LABEL}=${config}`, options.image], {
      env: { BELOWDECKD_TOKEN: options.token, ...mirror },
    });
  }
  await engineAnswers(container);
  return sandboxHostAddress(options.instance);
}

/** Where sandboxd of a running instance is published. */
export async function sandboxHostAddress(instance: string): Promise<SandboxHostAddress> {
  const { container } = instanceNames(instance);
  const published = await docker(['port', container, `${SANDBOXD_PORT}/tcp`]);
  const port = Number(published.split('\n')[0]?.split(':').at(-1));
  return { url: `http://127.0.0.1:${port}`, port };
}

/** Stops it and keeps everything; nothing happens when it is not there. */
export async function stopSandboxHost(instance: string): Promise<void> {
  const { container } = instanceNames(instance);
  if (!(await dockerSucceeds(['container', 'inspect', container]))) return;
  await thaw(container);
  await docker(['stop', '--time', '15', container]);
}

/** With cgroup v1 a process that a learner froze (`docker pause`) cannot be killed, nor its container be stopped. */
async function thaw(container: string): Promise<void> {
  const script =
    'find /sys/fs/cgroup/freezer -mindepth 2 -name freezer.state 2>/dev/null | while read -r f; do echo THAWED >"$f"; done';
  await docker(['exec', container, 'sh', '-c', script], { timeoutMs: THAW_TIMEOUT_MS }).catch(() => undefined); // best effort: it may be down
}

/** Removes it with its volumes: all sandboxes and their images go. Nothing happens when it is not there. */
export async function removeSandboxHost(instance: string): Promise<void> {
  const { container, dockerVolume, stateVolume } = instanceNames(instance);
  if (await dockerSucceeds(['container', 'inspect', container])) {
    await thaw(container);
    await docker(['rm', '--force', '--volumes', container]);
  }
  for (const volume of [dockerVolume, stateVolume]) {
    if (await dockerSucceeds(['volume', 'inspect', volume])) await docker(['volume', 'rm', volume]);
  }
}

async function findConfig(container: string): Promise<string | undefined> {
  if (!(await dockerSucceeds(['container', 'inspect', container]))) return undefined;
  return docker(['container', 'inspect', '--format', `{{index .Config.Labels "${CONFIG_LABEL}"}}`, container]);
}

async function engineAnswers(container: string): Promise<void> {
  const deadline = Date.now() + ENGINE_TIMEOUT_MS;
  while (!(await dockerSucceeds(['exec', container, 'docker', 'version']))) {
    if (Date.now() > deadline) {
      const log = await docker(['logs', '--tail', '20', container]).catch(() => '');
      throw new SandboxHostError(
        `The engine inside ${container} did not answer within ${ENGINE_TIMEOUT_MS / 1000} s. The container is kept: ` +
          `docker logs ${container}\n${log}`,
      );
    }
    await delay(100);
  }
}
