import pino from 'pino';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { SandboxContainer, SandboxEngine } from '../../engine/sandbox-engine.ts';
import type { SandboxRecord } from '../sandbox-record.ts';
import { createSandboxRegistry } from '../sandbox-registry.ts';

/** For tests of the pool: records, a registry without a disk, and an engine that remembers instead of running. */
export const silentLog = pino({ level: 'silent' });

export function recordOf(id: string, sandbox: Partial<Sandbox> = {}): SandboxRecord {
  return {
    sandbox: {
      id,
      attemptId: null,
      image: 'engine',
      egress: false,
      state: 'ready',
      createdAt: 1,
      claimedAt: null,
      expiresAt: null,
      activeAt: null,
      idleMs: 0,
      suspendedAt: null,
      limits: { memoryBytes: 1, cpus: 1, pids: 1, diskBytes: 1, inodes: 1 },
      ended: null,
      ...sandbox,
    },
    ownerId: null,
    containerId: `container-${id}`,
    init: { pid: process.pid, startTicks: 0 },
    imageId: 'image',
    genuine: {},
  };
}

/** `disk.full`: nothing can be written down. */
export function memoryRegistry(records: SandboxRecord[] = [], now?: () => number) {
  const saved = new Map<string, SandboxRecord>();
  const disk = { full: false, unsaved: [] as string[] };
  const registry = createSandboxRegistry({
    store: {
      load: () => records,
      save(record) {
        if (disk.full) throw new Error('ENOSPC');
        saved.set(record.sandbox.id, structuredClone(record));
      },
      remove: id => void saved.delete(id),
    },
    now,
    onBroken: () => {},
    onUnsaved: id => void disk.unsaved.push(id),
  });
  return { registry, saved, disk };
}

/** Everything that exists is in `things`; `remove` takes it away, or fails: for all while `broken`, for one that is `stuck`. */
export function memoryEngine(things: { id: string; container?: Partial<SandboxContainer> }[]) {
  const state = { things, removed: [] as string[], broken: false, stuck: '' };
  const containerOf = (thing: (typeof things)[number]): SandboxContainer => ({
    sandboxId: thing.id,
    containerId: `container-${thing.id}`,
    running: true,
    pid: process.pid,
    exitCode: null,
    oomKilled: false,
    imageId: 'image',
    ...thing.container,
  });
  const engine: Pick<SandboxEngine, 'list' | 'listIds' | 'remove' | 'find'> = {
    list: async () => state.things.filter(thing => thing.container).map(containerOf),
    listIds: async () => state.things.map(thing => thing.id),
    find: async containerId => {
      const thing = state.things.find(each => `container-${each.id}` === containerId);
      return thing ? containerOf(thing) : null;
    },
    remove: async id => {
      if (state.broken || state.stuck === id) throw new Error('the engine is down');
      state.things = state.things.filter(thing => thing.id !== id);
      state.removed.push(id);
    },
  };
  return { engine: engine as SandboxEngine, state };
}
