import type { ProcessFact } from '#domain/facts/facts.ts';
import { hostLimits } from './host-limits.ts';
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

/** Everything but the command lines: synchronous, for those who only need to know what runs. */
export function readProcesses(view: SandboxView): { readings: ProcessReading[]; truncated: boolean } {
  const pids = sandboxPids(view.cgroups, view.containerId);
  const readings = pids
    .slice(0, hostLimits.maxProcesses)
    .map(pid => readProcess(pid, view))
    .filter(reading => reading !== null);
  return { readings, truncated: pids.length > hostLimits.maxProcesses };
}

/** The whole table. A process that ended while it was read, or whose PID passed to another, is left out. */
export async function readProcessTable(view: SandboxView): Promise<ProcessTable> {
  const { readings, truncated } = readProcesses(view);
  const byOuter = new Map(readings.map(reading => [reading.outerPid, reading]));
  const argvs = await Promise.all(readings.map(reading => readArgv(reading.outerPid)));
  const processes: ProcessFact[] = [];
  for (const [index, reading] of readings.entries()) {
    if (startTicksOf(reading.outerPid) !== reading.startTicks) continue;
    const { outerPpid, cgroupPath: _, ...fact } = reading;
    processes.push({ ...fact, ppid: byOuter.get(outerPpid)?.pid ?? 0, argv: argvs[index] ?? [] });
  }
  const cgroupPaths = new Map(readings.map(reading => [reading.outerPid, reading.cgroupPath]));
  return { processes, cgroupPaths, truncated };
}
