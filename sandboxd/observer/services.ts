import type { DaemonFact, ServiceFact } from '#domain/facts/facts.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { boundedList, boundedText } from './bounded-text.ts';
import { innerInfoSchema, innerVersionSchema } from './inner-schemas.ts';
import { observerLimits } from './observer-limits.ts';

/** What is needed of a process to find a service among many. */
export interface ServiceProcess {
  pid: number;
  startTicks: number;
  exe: string | null;
  genuine: boolean | null;
  containerId: string | null;
  state: string;
}

/** The lab image's own service: the oldest genuine process of that name outside containers; null when none runs. */
export function findService<P extends ServiceProcess>(
  processes: readonly P[],
  name: 'dockerd' | 'containerd',
): P | null {
  const found = processes
    .filter(process => process.genuine === true && process.exe?.endsWith(`/${name}`))
    .filter(process => process.containerId === null && process.state !== 'Z')
    .sort((a, b) => a.startTicks - b.startTicks);
  return found[0] ?? null;
}

/** containerd: up when it runs and is not stopped. Its socket is not asked: a dockerd that answers depends on it. */
export function observeContainerd(processes: readonly ServiceProcess[]): ServiceFact {
  const found = findService(processes, 'containerd');
  if (!found) return { state: 'down', pid: null, startTicks: null };
  const stopped = found.state === 'T' || found.state === 't';
  return { state: stopped ? 'silent' : 'up', pid: found.pid, startTicks: found.startTicks };
}

/** dockerd: its process by the kernel, its answers by its API. Never throws. */
export async function observeDaemon(docker: EngineClient, processes: readonly ServiceProcess[]): Promise<DaemonFact> {
  const found = findService(processes, 'dockerd');
  const identity = { pid: found?.pid ?? null, startTicks: found?.startTicks ?? null };
  const unknown = {
    version: null,
    apiVersion: null,
    storageDriver: null,
    cgroupVersion: null,
    liveRestore: null,
    defaultRuntime: null,
    runtimes: [],
  };
  if (!found) return { state: 'down', ...identity, ...unknown, reason: 'no process' };
  try {
    const timeoutMs = observerLimits.pingTimeoutMs;
    const [version, info] = await Promise.all([
      docker.json(innerVersionSchema, { path: '/version', timeoutMs }),
      docker.json(innerInfoSchema, { path: '/info', timeoutMs: observerLimits.innerTimeoutMs }),
    ]);
    return {
      state: 'up',
      ...identity,
      version: boundedText(version.Version),
      apiVersion: boundedText(version.ApiVersion),
      storageDriver: boundedText(info.Driver),
      cgroupVersion: info.CgroupVersion === '1' || info.CgroupVersion === '2' ? info.CgroupVersion : null,
      liveRestore: info.LiveRestoreEnabled,
      defaultRuntime: boundedText(info.DefaultRuntime),
      runtimes: boundedList(Object.keys(info.Runtimes ?? {})),
      reason: null,
    };
  } catch (error) {
    return { state: 'silent', ...identity, ...unknown, reason: boundedText((error as Error).message) };
  }
}
