import type { ContainerFact, ProcessFact } from '#domain/facts/facts.ts';

/**
 * Sorts containers by whether the kernel bears the daemon out: one that is said to run must have its main process, with
 * the PID the daemon names, in its own cgroup. The daemon is the learner's and could tell a tale; the kernel is not.
 */
export function corroborate(
  containers: readonly ContainerFact[],
  processes: readonly ProcessFact[],
): { believed: ContainerFact[]; contradicted: ContainerFact[] } {
  const there = new Set(processes.map(process => `${process.containerId} ${process.pid}`));
  const believed: ContainerFact[] = [];
  const contradicted: ContainerFact[] = [];
  for (const container of containers) {
    const saidToRun = container.state === 'running' || container.state === 'paused';
    const list = !saidToRun || there.has(`${container.id} ${container.pid}`) ? believed : contradicted;
    list.push(container);
  }
  return { believed, contradicted };
}
