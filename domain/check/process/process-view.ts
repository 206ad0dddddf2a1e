import type { ContainerFact, Facts, ProcessFact } from '#domain/facts/facts.ts';
import { mainProcess, type ResolvedContainer } from '../container/resolve-container.ts';

/** The process table of one moment, with the container that `of` means looked up in it. */
export interface ProcessView {
  processes: readonly ProcessFact[];
  byPid: ReadonlyMap<number, ProcessFact>;
  containers: readonly ContainerFact[];
  /** null: no `of` was given. */
  container: { id: string; name: string | null; main: ProcessFact | null } | null;
}

/** Looks at the processes of one moment; null when they were not seen. */
export function viewProcesses(
  facts: Facts,
  of: Extract<ResolvedContainer, { found: true }> | null,
): ProcessView | null {
  const { processes } = facts;
  if (processes === null) return null;
  const containers = facts.containers ?? [];
  const fact = containers.find(container => container.id === of?.id) ?? null;
  const container = of && { id: of.id, name: of.name, main: mainProcess(processes, of.id, fact) };
  return { processes, byPid: new Map(processes.map(process => [process.pid, process])), containers, container };
}

/** The executable's path as the kernel has it, without the mark of a file deleted since; null when it tells none. */
export function exePath(process: ProcessFact): string | null {
  return process.exe?.replace(/ \(deleted\)$/, '') ?? null;
}

/** Base name of the executable, or the forgeable comm in brackets where the kernel tells none (zombies). */
export function exeName(process: ProcessFact): string {
  return exePath(process)?.split('/').at(-1) ?? `[${process.comm}]`;
}

const runsFile = (wanted: string, process: ProcessFact): boolean =>
  wanted.startsWith('/') ? exePath(process) === wanted : process.exe !== null && exeName(process) === wanted;

/** Whether a process runs this executable (base name or path), and no false one where the lab image's own is known. */
export function runsExe(wanted: string, process: ProcessFact): boolean {
  return process.genuine !== false && runsFile(wanted, process);
}

/** Goes by the wanted name, in whatever way, without being the lab image's own file. */
export function isImpostor(wanted: string, process: ProcessFact): boolean {
  if (process.genuine !== false) return false;
  const base = wanted.split('/').at(-1) ?? wanted;
  return runsFile(wanted, process) || exeName(process) === base || process.comm === base.slice(0, 15);
}

/** A containerd shim stands outside the container it holds: the kernel ties it by the main process's parent. */
export function isShim(process: ProcessFact): boolean {
  return process.containerId === null && process.genuine !== false && exeName(process).startsWith('containerd-shim');
}

export const sameProcess = (a: ProcessFact, b: ProcessFact): boolean =>
  a.pid === b.pid && a.startTicks === b.startTicks;
