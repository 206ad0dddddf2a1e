import type { Logger } from 'pino';
import type { SandboxContainer, SandboxEngine } from '../engine/sandbox-engine.ts';
import { startTicksOf } from '../host/read-process.ts';
import type { SandboxEnding } from './sandbox-ending.ts';
import { isLiving, type SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';

/**
 * Brings records and engine together, in both directions: adopts what runs, ends what is gone, finishes removals that
 * were begun, removes what nobody remembers. Run at start and whenever the engine came back. Throws when the engine
 * does not answer; one sandbox that can be neither adopted nor removed is said, tried again next time, and keeps nobody
 * else from getting one.
 */
export async function reconcile(options: {
  engine: SandboxEngine;
  registry: SandboxRegistry;
  ending: SandboxEnding;
  /** A start in this process: not ours to touch. */
  isStarting: (sandboxId: string) => boolean;
  /** A running sandbox of which we hold a record; false when it is ours already. Rejects when it cannot be had. */
  adopt: (record: SandboxRecord) => Promise<boolean>;
  /** Thaws a container's processes, which else cannot be killed. Never throws. */
  thaw: (containerId: string) => void;
  log: Logger;
}): Promise<void> {
  const { engine, registry, ending, log } = options;
  // Records first: a sandbox created after this has one, and is not taken for a leftover.
  const records = registry.all().filter(record => !options.isStarting(record.sandbox.id));
  const containers = new Map((await engine.list()).map(container => [container.sandboxId, container]));
  const ids = await engine.listIds();
  const counts = { adopted: 0, ended: 0, reaped: 0 };

  async function settle(record: SandboxRecord): Promise<void> {
    const { id, state } = record.sandbox;
    const container = containers.get(id);
    if (state === 'stopping') {
      await ending.end(id, 'crashed', '');
    } else if (isLiving(record) && container && runs(record, container)) {
      if (await options.adopt(record)) counts.adopted++;
    } else if (isLiving(record)) {
      counts.ended++;
      await ending.end(id, 'host-lost', lostBecause(record, container));
    }
  }
  for (const record of records) {
    const { id, attemptId } = record.sandbox;
    await settle(record).catch(err =>
      log.error(
        { sandbox: id, attempt: attemptId, err },
        'a sandbox could be neither adopted nor removed; tried again',
      ),
    );
  }
  for (const id of ids) {
    const record = registry.find(id);
    if (record && record.sandbox.state !== 'ended') continue;
    const container = containers.get(id);
    if (container) options.thaw(container.containerId);
    await engine.remove(id).catch(error => log.warn({ sandbox: id, err: error }, 'leftovers could not be removed'));
    counts.reaped++;
  }
  if (counts.adopted + counts.ended + counts.reaped > 0) log.info(counts, 'sandboxes reconciled with the engine');
}

/** A start that was cut off by our own restart is not carried on: nobody waits for it. */
function runs(record: SandboxRecord, container: SandboxContainer): boolean {
  if (record.sandbox.state !== 'ready' || record.init === null) return false;
  return container.pid === record.init.pid && startTicksOf(container.pid) === record.init.startTicks;
}

function lostBecause(record: SandboxRecord, container: SandboxContainer | undefined): string {
  if (record.sandbox.state === 'warming') return 'it was still starting when the sandbox host was restarted';
  if (!container) return 'its container is gone';
  return 'its processes did not survive a restart of the sandbox host';
}
