import { docker } from './docker-cli.ts';
import type { HostLimits } from './sandbox-host-flags.ts';

/** Of the engine's memory: the rest is for the web process, the database and the machine itself. */
const MEMORY_SHARE = 0.75;
/** Threads of all sandboxes together; one sandbox has its own, much lower limit. */
const PIDS = 32_768;

/** Limits that leave the machine usable, from what its engine reports. */
export async function defaultHostLimits(): Promise<HostLimits> {
  const [memory, cpus] = (await docker(['info', '--format', '{{.MemTotal}} {{.NCPU}}'])).split(' ').map(Number);
  return { memoryBytes: Math.floor((memory ?? 0) * MEMORY_SHARE), cpus: cpus ?? 1, pids: PIDS };
}
