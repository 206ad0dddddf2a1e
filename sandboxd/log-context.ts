import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line says of the call that it was written for. */
interface LogContext {
  /** As the web process numbered it, so that its log and this one can be laid side by side. */
  request: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs something for a call; `id` is the header that came with it. Anything but an id of the web process is ignored. */
export function forCall<T>(id: string | string[] | undefined, work: () => T): T {
  return typeof id === 'string' && /^[a-f0-9]{12}$/.test(id) ? storage.run({ request: id }, work) : work();
}

/** Empty outside of any call: upkeep, events. */
export function logContext(): Partial<LogContext> {
  return storage.getStore() ?? {};
}
