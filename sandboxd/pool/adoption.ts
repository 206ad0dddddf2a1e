import type { SandboxEnding } from './sandbox-ending.ts';
import type { SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';

/**
 * Takes over the running sandboxes of a sandboxd before this one, each once: resolves with false when it is ours
 * already, or was ended because nobody would ever get it. Rejects when its cgroups could not be had, or when it could
 * not be removed: then it is still to be taken over. Make it before anything is started.
 */
export function createAdoption(options: {
  registry: Pick<SandboxRegistry, 'all'>;
  ending: Pick<SandboxEnding, 'end'>;
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
    const { id, attemptId, egress } = record.sandbox;
    if (!inherited.has(id)) return false;
    // Made for one learner, who did not get it: the pool keeps none with a way out, and his claim starts another.
    if (attemptId === null && egress) {
      await options.ending.end(id, 'replaced', 'sandboxd was restarted before its learner had it');
      inherited.delete(id);
      return false;
    }
    // What slept wakes: it must answer to be taken over.
    options.wake(id);
    await options.delegate(record.containerId ?? '');
    options.follow(id);
    // Shells of the sandboxd before this one ended with it; a learner may have opened the next one already.
    if (attemptId === null) options.prepareShell(id);
    inherited.delete(id);
    return true;
  };
}
