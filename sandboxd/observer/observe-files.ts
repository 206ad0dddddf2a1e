import type { ContainerFact, FactNeeds, Facts, FileFact, ProcessFact } from '#domain/facts/facts.ts';
import type { PinnedProcess } from '../host/pinned-process.ts';
import { readFileFact } from './read-file-fact.ts';
import type { SandboxTarget } from './sandbox-target.ts';

/** Looks at each file asked for; one that cannot be looked at is a gap. */
export function observeFiles(
  wanted: FactNeeds['files'],
  target: SandboxTarget,
  containers: readonly ContainerFact[] | null,
  processes: readonly ProcessFact[],
): { files: FileFact[]; gaps: Facts['gaps'] } {
  const files: FileFact[] = [];
  const gaps: Facts['gaps'] = [];
  for (const { path, container } of wanted) {
    const process = container === null ? target : mainProcess(container, containers, processes);
    if (process === null) {
      gaps.push({ part: 'files', reason: `${path}: container ${container} does not run, its files cannot be seen` });
      continue;
    }
    try {
      files.push(readFileFact(process, target.view.uidMap, path, container));
    } catch (error) {
      gaps.push({ part: 'files', reason: `${path}: ${(error as Error).message}` });
    }
  }
  return { files, gaps };
}

/** A container's main process: the API's word for the PID, the kernel's for the container it is in. */
function mainProcess(
  name: string,
  containers: readonly ContainerFact[] | null,
  processes: readonly ProcessFact[],
): PinnedProcess | null {
  const container = containers?.find(each => each.name === name);
  if (!container?.pid) return null;
  const main = processes.find(each => each.pid === container.pid && each.containerId === container.id);
  return main ? { pid: main.outerPid, startTicks: main.startTicks } : null;
}
