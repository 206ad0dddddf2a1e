import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { FenceAction } from '#domain/protocol/fence.ts';
import { defaultLimits, type Limits } from '#domain/protocol/limits.ts';
import type { CgroupBirths } from '../host/cgroup-births.ts';
import type { Census, CgroupCensus } from '../host/cgroup-census.ts';
import { lastCgroupChange } from '../host/cgroup-changes.ts';
import type { Cgroups } from '../host/cgroups.ts';
import { closeCgroups, openCgroups } from '../host/close-cgroups.ts';
import type { CpuPriority } from '../host/cpu-priority.ts';
import type { FenceCounterReader } from '../host/fence-counters.ts';
import { pruneCgroups } from '../host/prune-cgroups.ts';
import { readVolumeUsage } from '../host/volume-usage.ts';
import { fencesActed } from '../metrics/metrics.ts';
import type { SandboxRecord } from '../pool/sandbox-record.ts';
import { createCgroupAlarm } from './cgroup-alarm.ts';
import { createCgroupKeeper } from './cgroup-keeper.ts';
import { createMakerSearch, type Suspect } from './cgroup-makers.ts';
import { createCpuWatch } from './cpu-watch.ts';
import { fenceLimits } from './fence-limits.ts';
import { createWatchedSandbox, type WatchedSandbox } from './watched-sandbox.ts';

export interface FenceWatchOptions {
  /** Living sandboxes that learners have. */
  sandboxes: () => SandboxRecord[];
  cgroups: Pick<Cgroups, 'pathOf'>;
  counters: FenceCounterReader;
  census: CgroupCensus;
  births: CgroupBirths;
  /** Folders of all hierarchies. */
  hierarchies: readonly string[];
  priority: CpuPriority;
  /** Where the disk of a sandbox is mounted. */
  volumeOf: (sandboxId: string) => string;
  /** Who is root in the sandboxes. */
  rootUid: number;
  tell: (action: FenceAction) => void;
  /** Ends a sandbox that has too many cgroups although they are taken away. */
  endMaker: (sandboxId: string, detail: string) => void;
  log: Logger;
}

/** Looks at every learner's sandbox about once a second, from outside, and tells when a fence begins to act. */
export interface FenceWatch {
  start(): void;
  stop(): void;
  /** The engine says that the kernel ended a process of it for want of memory. */
  oom(sandboxId: string): void;
  /** Its terminals were held back; bytes per second that they wrote. */
  terminalHeld(sandboxId: string, bytesPerSecond: number): void;
  /** Whether its memory limit made the kernel end something just now: that explains its own end. */
  outOfMemory(sandboxId: string): boolean;
}

export function createFenceWatch(options: FenceWatchOptions): FenceWatch {
  const { cgroups, counters, census, log } = options;
  const watched = new Map<string, WatchedSandbox>();
  const cpu = createCpuWatch(options);
  const keeper = createCgroupKeeper({
    close: closeCgroups,
    open: folders => openCgroups(folders, options.rootUid),
    prune: pruneCgroups,
    endMaker: options.endMaker,
    log,
  });
  const isMaking = createCgroupAlarm(() => census.machine() ?? 0);
  const findMakers = createMakerSearch({
    births: options.births,
    lastChange: folders => lastCgroupChange(folders, defaultLimits.cgroups),
  });
  const find = (id: string) => options.sandboxes().find(record => record.sandbox.id === id);
  let timer: NodeJS.Timeout | null = null;
  let alarm: NodeJS.Timeout | null = null;
  /** Looks at all sandboxes so far: each of them meets every hierarchy in its turn. */
  let turn = 0;

  function watchedOf(record: SandboxRecord): WatchedSandbox {
    const { id, attemptId } = record.sandbox;
    const known = watched.get(id);
    if (known) return known;
    const made = createWatchedSandbox({
      sandboxId: id,
      limits: limitsOf(record),
      tell: action => {
        const { fence, measured, limit } = action;
        log.info({ sandbox: id, attempt: attemptId, fence, measured, limit }, 'a fence acted');
        fencesActed.inc({ fence });
        options.tell(action);
      },
    });
    watched.set(id, made);
    return made;
  }

  const foldersOf = ({ containerId }: SandboxRecord) =>
    options.hierarchies.map(hierarchy => path.join(hierarchy, cgroups.pathOf(containerId ?? '')));

  function countOf(record: SandboxRecord): Census {
    const cgroup = cgroups.pathOf(record.containerId ?? '');
    return census.count(cgroup, limitsOf(record), keeper.isHolding(record.sandbox.id) ? 'all' : turn);
  }

  function lookAt(record: SandboxRecord, cgroupsPerSecond = 0): void {
    const { id } = record.sandbox;
    const limits = limitsOf(record);
    const cgroup = cgroups.pathOf(record.containerId ?? '');
    const read = counters.read(cgroup);
    if (!read) return;
    const counted = countOf(record);
    const volume = readVolumeUsage(options.volumeOf(id));
    watchedOf(record).look({ counters: read, volume, census: counted, cgroupsPerSecond });
    const tooFast = cgroupsPerSecond > 0 && counted.over.length === 0;
    const what = tooFast ? `it made ${cgroupsPerSecond} a second of ${limits.cgroupsPerSecond}` : undefined;
    const over = tooFast ? foldersOf(record) : counted.over;
    keeper.keep(record.sandbox, { ...counted, over }, limits.cgroups, census.machine() ?? 0, what);
  }

  /** Between two sweeps thousands could be made. */
  function lookForMaker(): void {
    if (!isMaking()) return;
    turn++;
    for (const record of options.sandboxes())
      trying(record, () => {
        if (countOf(record).over.length > 0) lookAt(record);
      });
  }

  function trying(record: SandboxRecord, look: () => void): void {
    try {
      look();
    } catch (err) {
      log.warn({ sandbox: record.sandbox.id, err }, 'fences could not be looked at');
    }
  }

  function suspectOf(record: SandboxRecord): Suspect {
    return { id: record.sandbox.id, folders: foldersOf(record), limit: limitsOf(record).cgroupsPerSecond };
  }

  async function sweep(): Promise<void> {
    turn++;
    const records = options.sandboxes();
    const living = new Set(records.map(record => record.sandbox.id));
    for (const id of watched.keys()) if (!living.has(id)) watched.delete(id);
    keeper.forgetBut(living);
    const makers = await findMakers(records.map(suspectOf));
    for (const record of records) {
      trying(record, () => lookAt(record, makers.get(record.sandbox.id)));
      // A class of thirty must not hold up anybody's key.
      await breathe();
    }
  }
  function schedule(): void {
    timer = setTimeout(() => sweep().finally(() => timer && schedule()), fenceLimits.sweepMs);
  }

  return {
    start: () => {
      cpu.start();
      if (!timer) schedule();
      if (census.machine() !== null) alarm ??= setInterval(lookForMaker, fenceLimits.alarmMs);
    },
    stop: () => {
      cpu.stop();
      if (timer) clearTimeout(timer);
      timer = null;
      if (alarm) clearInterval(alarm);
      alarm = null;
    },
    oom(id) {
      const record = find(id);
      if (!record) return;
      const cgroup = cgroups.pathOf(record.containerId ?? '');
      const read = counters.read(cgroup);
      // Where the kernel counts by itself the engine's word is only a reason to look now.
      if (read && read.ooms !== null) return lookAt(record);
      const peak = read?.memoryBytes ?? record.sandbox.limits.memoryBytes;
      counters.forgetPeak(cgroup);
      if (peak >= limitsOf(record).memoryBytes * fenceLimits.oomShare) watchedOf(record).told('memory', peak);
      else watchedOf(record).told('host-memory', peak);
    },
    terminalHeld(id, bytesPerSecond) {
      const record = find(id);
      if (record) watchedOf(record).told('terminal', bytesPerSecond);
    },
    outOfMemory(id) {
      const oomAt = watched.get(id)?.oomAt ?? null;
      return oomAt !== null && Date.now() - oomAt < fenceLimits.oomExplainsMs;
    },
  };
}

function limitsOf(record: SandboxRecord): Limits {
  return record.limits ?? { ...defaultLimits, ...record.sandbox.limits };
}
