import { CodedError } from '#domain/protocol/errors.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import { poolLimits } from './pool-limits.ts';
import { isLiving, type SandboxRecord } from './sandbox-record.ts';
import type { SandboxStore } from './sandbox-store.ts';

/** All sandboxes sandboxd knows of, living and lately ended; what changes is written down before it is told. */
export interface SandboxRegistry {
  all(): SandboxRecord[];
  find(sandboxId: string): SandboxRecord | undefined;
  /** Throws `sandbox-not-found`. */
  get(sandboxId: string): SandboxRecord;
  /** Throws `sandbox-not-found`, `sandbox-ended`. */
  getLiving(sandboxId: string): SandboxRecord;
  /** The living sandbox of an attempt. */
  findByAttempt(attemptId: string): SandboxRecord | undefined;
  /**
   * Adds or replaces a record and tells the listeners. Throws, with nothing changed, when it cannot be written down: the next
   * sandboxd must know of it, and whose it is, or it gives it to somebody else.
   */
  put(record: SandboxRecord): SandboxRecord;
  /** Changes the public part of a record; in memory alone where it cannot be written down (a full disk): no key or end fails for that. */
  update(sandboxId: string, change: Partial<Sandbox>): SandboxRecord;
  /** Notes activity; cheap, and not told to listeners. */
  touch(sandboxId: string): void;
  forget(sandboxId: string): void;
  onChange(listener: (record: SandboxRecord) => void): () => void;
}

export function createSandboxRegistry(options: {
  store: SandboxStore;
  now?: () => number;
  onBroken: (file: string, error: unknown) => void;
  /** A record could not be written down. */
  onUnsaved: (sandboxId: string, error: unknown) => void;
}): SandboxRegistry {
  const { store, now = Date.now } = options;
  const records = new Map(store.load(options.onBroken).map(record => [record.sandbox.id, record]));
  const listeners = new Set<(record: SandboxRecord) => void>();
  const savedActivity = new Map<string, number>();

  const find = (id: string) => records.get(id);
  function get(id: string): SandboxRecord {
    const record = find(id);
    if (!record) throw new CodedError('sandbox-not-found', `no sandbox ${id}`);
    return record;
  }
  function trySave(record: SandboxRecord): void {
    try {
      store.save(record);
    } catch (error) {
      options.onUnsaved(record.sandbox.id, error);
    }
  }
  function tell(record: SandboxRecord): SandboxRecord {
    records.set(record.sandbox.id, record);
    for (const listener of listeners) listener(record);
    return record;
  }
  return {
    all: () => [...records.values()],
    find,
    get,
    getLiving(id) {
      const record = get(id);
      if (!isLiving(record)) throw new CodedError('sandbox-ended', `sandbox ${id} is ${record.sandbox.state}`);
      return record;
    },
    findByAttempt: attemptId =>
      [...records.values()].find(record => record.sandbox.attemptId === attemptId && isLiving(record)),
    put(record) {
      store.save(record);
      return tell(record);
    },
    update(id, change) {
      const before = get(id);
      const record = { ...before, sandbox: { ...before.sandbox, ...change } };
      trySave(record);
      return tell(record);
    },
    touch(id) {
      const record = find(id);
      if (!record || !isLiving(record)) return;
      record.sandbox.activeAt = now();
      if (now() - (savedActivity.get(id) ?? 0) < poolLimits.saveActivityMs) return;
      savedActivity.set(id, now());
      trySave(record);
    },
    forget(id) {
      records.delete(id);
      savedActivity.delete(id);
      store.remove(id);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
