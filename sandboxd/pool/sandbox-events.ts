import type { Logger } from 'pino';
import type { SandboxEngine, SandboxEvent } from '../engine/sandbox-engine.ts';
import type { SandboxEnding } from './sandbox-ending.ts';
import { isLiving } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';
import type { SandboxStarter } from './sandbox-starter.ts';
import { whyDied } from './why-died.ts';

/** What happens when the engine tells of a sandbox's container. Never throws. */
export function onSandboxEvent(
  event: SandboxEvent,
  deps: {
    engine: SandboxEngine;
    registry: SandboxRegistry;
    ending: SandboxEnding;
    starter: SandboxStarter;
    fences: { oom(sandboxId: string): void; outOfMemory(sandboxId: string): boolean };
    log: Logger;
  },
): void {
  const { engine, registry, ending, starter, log } = deps;
  const record = registry.find(event.sandboxId);
  const { sandboxId, containerId } = event;
  if (event.action === 'start') {
    // Also after a restart of the container, which gives it a new cgroup.
    starter.delegate(containerId).catch(err => log.warn({ sandbox: sandboxId, err }, 'cgroups were not delegated'));
    return;
  }
  if (event.action === 'oom') deps.fences.oom(sandboxId);
  if (event.action !== 'die' || !record || !isLiving(record) || starter.isStarting(sandboxId)) return;
  engine
    .find(containerId)
    .catch(() => null)
    .then(found => {
      const state = { oomKilled: found?.oomKilled ?? false, exitCode: found?.exitCode ?? null };
      const { memoryBytes } = record.sandbox.limits;
      const { reason, detail } = whyDied({ ...state, outOfMemory: deps.fences.outOfMemory(sandboxId), memoryBytes });
      return ending.end(sandboxId, reason, detail);
    })
    .catch(err => log.error({ sandbox: sandboxId, err }, 'a dead sandbox could not be removed'));
}
