import type { SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';

/**
 * Takes over the running sandboxes of a sandboxd before this one, each once: resolves with false when it is ours
 * already. Rejects when its cgroups could not be had. Make it before anything is started.
 */
export function createAdoption(options: {
  registry: Pick<SandboxRegistry, 'all'>;
  wake: (sandboxId: string) => void;
  /** Gives it its cgroups. */
  delegate: (containerId: string) => Promise<void>;
  /** Listens to its dockerd from now on. */
  follow: (sandboxId: string) => void;
  prepareShell: (sandboxId: string) => void;
}): (record: SandboxRecord) => Promise<boolean> {
  /** Not yet taken over. */
  const inherited = new Set(options.registry.all().map(record => record.sandbox.id));

  return async record => {
    const { id, attemptId } = record.sandbox;
    if (!inherited.delete(id)) return false;
    // What slept wakes: it must answer to be taken over.
    options.wake(id);
    await options.delegate(record.containerId ?? '');
    options.follow(id);
    // Shells of the sandboxd before this one ended with it; a learner may have opened the next one already.
    if (attemptId === null) options.prepareShell(id);
    return true;
  };
}
