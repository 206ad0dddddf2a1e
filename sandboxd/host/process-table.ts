import type { ProcessFact } from '#domain/facts/facts.ts';
import { hostLimits } from './host-limits.ts';
import { mapLimited } from './map-limited.ts';
import type { Breathe, PacedWork } from './paced-work.ts';
import { readArgv } from './read-argv.ts';
import { type ProcessReading, readProcess, type SandboxView, startTicksOf } from './read-process.ts';
import { sandboxPids } from './sandbox-pids.ts';

/** All processes of a sandbox at one moment, by the kernel; at most `hostLimits.maxProcesses`. */
export interface ProcessTable {
  processes: ProcessFact[];
  /** Cgroup path of each process, by outer PID. */
  cgroupPaths: Map<number, string>;
  /** Set when there were more than are told. */
  truncated: boolean;
}

/** Everything but the command lines, in pieces. */
export async function readProcesses(
  view: SandboxView,
  breathe: Breathe,
): Promise<{ readings: ProcessReading[]; truncated: boolean }> {
  const pids = sandboxPids(view.cgroups, view.containerId);
  const readings: ProcessReading[] = [];
  for (const pid of pids.slice(0, hostLimits.maxProcesses)) {
    const reading = readProcess(pid, view);
    if (reading) readings.push(reading);
    await breathe();
  }
  return { readings, truncated: pids.length > hostLimits.maxProcesses };
}

/** The whole table. A process that ended while it was read, or whose PID passed to another, is left out. */
export async function readProcessTable(view: SandboxView, work: PacedWork): Promise<ProcessTable> {
  const { readings, truncated } = await work.run(breathe => readProcesses(view, breathe));
  const byOuter = new Map(readings.map(reading => [reading.outerPid, reading]));
  const argvs = await mapLimited(readings, hostLimits.argvAtOnce, reading =>
    readArgv(reading.outerPid, view.containerId),
  );
  const processes: ProcessFact[] = [];
  await work.run(async breathe => {
    for (const [index, reading] of readings.entries()) {
      await breathe();
      if (startTicksOf(reading.outerPid) !== reading.startTicks) continue;
      const { outerPpid, cgroupPath: _, ...fact } = reading;
      processes.push({ ...fact, ppid: byOuter.get(outerPpid)?.pid ?? 0, argv: argvs[index] ?? [] });
    }
  });
  const cgroupPaths = new Map(readings.map(reading => [reading.outerPid, reading.cgroupPath]));
  return { processes, cgroupPaths, truncated };
}
