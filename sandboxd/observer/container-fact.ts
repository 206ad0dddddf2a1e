import type { ContainerFact } from '#domain/facts/facts.ts';
import { boundedList, boundedMap, boundedText } from './bounded-text.ts';
import { wasCreatedByCli } from './created-by-cli.ts';
import type { InnerInspect } from './inner-schemas.ts';
import { observerLimits } from './observer-limits.ts';

/** A container as the sandbox's Docker API tells it. */
export function containerFact(inspect: InnerInspect): ContainerFact {
  const { State: state, HostConfig: host, Config: config } = inspect;
  const running = state.Status === 'running' || state.Status === 'paused' || state.Status === 'restarting';
  const ended = state.Status === 'exited' || state.Status === 'dead';
  return {
    id: inspect.Id,
    name: boundedText(inspect.Name.replace(/^\//, '')),
    image: boundedText(config.Image),
    imageId: inspect.Image,
    state: state.Status,
    pid: running && state.Pid > 0 ? state.Pid : null,
    exitCode: ended ? state.ExitCode : null,
    oomKilled: state.OOMKilled,
    createdAt: timeOf(inspect.Created) ?? 0,
    startedAt: timeOf(state.StartedAt),
    finishedAt: timeOf(state.FinishedAt),
    restartCount: inspect.RestartCount,
    command: boundedList([inspect.Path ?? '', ...(inspect.Args ?? [])]),
    tty: config.Tty,
    createdByCli: wasCreatedByCli(inspect),
    labels: boundedMap(config.Labels),
    env: boundedList(config.Env),
    memoryBytes: host.Memory > 0 ? host.Memory : null,
    cpus: cpusOf(host),
    pidsLimit: host.PidsLimit && host.PidsLimit > 0 ? host.PidsLimit : null,
    runtime: boundedText(host.Runtime ?? ''),
    networkMode: boundedText(host.NetworkMode ?? ''),
    restartPolicy: host.RestartPolicy?.Name || 'no',
    ports: portsOf(inspect),
    mounts: (inspect.Mounts ?? []).slice(0, observerLimits.maxEntries).map(mount => ({
      type: boundedText(mount.Type),
      source: boundedText(mount.Source ?? ''),
      destination: boundedText(mount.Destination),
      readOnly: !mount.RW,
    })),
  };
}

/** Docker writes "0001-01-01T00:00:00Z" for never. */
export function timeOf(text: string): number | null {
  const time = Date.parse(text);
  return Number.isFinite(time) && time > 0 ? time : null;
}

function cpusOf(host: InnerInspect['HostConfig']): number | null {
  if (host.NanoCpus > 0) return host.NanoCpus / 1e9;
  if (host.CpuQuota && host.CpuQuota > 0) return host.CpuQuota / (host.CpuPeriod || 100_000);
  return null;
}

function portsOf(inspect: InnerInspect): ContainerFact['ports'] {
  const ports: ContainerFact['ports'] = [];
  for (const [key, bindings] of Object.entries(inspect.NetworkSettings?.Ports ?? {})) {
    const [, port, protocol] = /^(\d{1,5})\/([a-z]{1,8})$/.exec(key) ?? [];
    if (port === undefined || protocol === undefined) continue;
    const hosts = [...new Set((bindings ?? []).map(binding => Number(binding.HostPort)).filter(Number.isInteger))];
    for (const host of hosts.length > 0 ? hosts : [null]) ports.push({ container: Number(port), protocol, host });
    if (ports.length >= observerLimits.maxEntries) break;
  }
  return ports;
}
