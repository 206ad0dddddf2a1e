import type { Logger } from 'pino';
import type { Cgroups } from '../host/cgroups.ts';
import type { CpuPriority } from '../host/cpu-priority.ts';
import type { FenceCounterReader } from '../host/fence-counters.ts';
import { putBehind } from '../metrics/metrics.ts';
import type { SandboxRecord } from '../pool/sandbox-record.ts';
import { type CpuKeeper, createCpuKeeper } from './cpu-keeper.ts';
import { fenceLimits } from './fence-limits.ts';

export interface CpuWatchOptions {
  /** Living sandboxes that learners have. */
  sandboxes: () => SandboxRecord[];
  cgroups: Pick<Cgroups, 'pathOf'>;
  counters: Pick<FenceCounterReader, 'readCpu'>;
  priority: CpuPriority;
  log: Logger;
}

/**
 * Looks several times a second at what each sandbox uses of the processors, and puts who uses much behind the others. Two
 * small files for each sandbox: a class of thirty costs some milliseconds a second.
 */
export function createCpuWatch(options: CpuWatchOptions): { start(): void; stop(): void; sweep(): void } {
  const { cgroups, counters, priority } = options;
  const keepers = new Map<string, CpuKeeper>();
  let timer: NodeJS.Timeout | null = null;

  function look({ sandbox, containerId }: SandboxRecord): void {
    const cgroup = cgroups.pathOf(containerId ?? '');
    const use = counters.readCpu(cgroup);
    if (!use) return;
    const known = keepers.get(sandbox.id);
    // A sandboxd before this one may have left it behind.
    if (!known) priority.setBehind(cgroup, false);
    const keeper = known ?? createCpuKeeper();
    keepers.set(sandbox.id, keeper);
    const place = keeper.look(use, sandbox.limits.cpus);
    if (!place) return;
    priority.setBehind(cgroup, place === 'behind');
    if (place === 'behind') putBehind.inc();
    // Nobody is refused anything by it, so its learner is not told.
    options.log.info(
      { sandbox: sandbox.id, attempt: sandbox.attemptId, place },
      'a sandbox changed its place for processors',
    );
  }

  function sweep(): void {
    const records = options.sandboxes();
    const living = new Set(records.map(record => record.sandbox.id));
    for (const id of keepers.keys()) if (!living.has(id)) keepers.delete(id);
    for (const record of records) look(record);
  }

  return {
    sweep,
    start: () => {
      timer ??= setInterval(sweep, fenceLimits.cpuSweepMs);
    },
    stop: () => {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
