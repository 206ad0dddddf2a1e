import type { ContainerFact, FactNeeds, Facts, FileFact, ProcessFact } from '#domain/facts/facts.ts';
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
    const pid = container === null ? target.pid : mainProcess(container, containers, processes);
    if (pid === null) {
      gaps.push({ part: 'files', reason: `${path}: container ${container} does not run, its files cannot be seen` });
      continue;
    }
    try {
      files.push(readFileFact(pid, target.view.uidMap, path, container));
    } catch (error) {
      gaps.push({ part: 'files', reason: `${path}: ${(error as Error).message}` });
    }
  }
  return { files, gaps };
}

/** Outer PID of a container's main process: the API's word for the PID, the kernel's for the container it is in. */
function mainProcess(
  name: string,
  containers: readonly ContainerFact[] | null,
  processes: readonly ProcessFact[],
): number | null {
  const container = containers?.find(each => each.name === name);
  if (!container?.pid) return null;
  const main = processes.find(each => each.pid === container.pid && each.containerId === container.id);
  return main?.outerPid ?? null;
}
