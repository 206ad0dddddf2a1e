import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** What every log line and every call to sandboxd says of the request that it was made for. */
interface LogContext {
  request: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs something for a request, under an id of its own: 12 hex digits, in each line until it and what it began is done. */
export function forRequest<T>(work: (id: string) => T): T {
  const request = randomBytes(6).toString('hex');
  return storage.run({ request }, () => work(request));
}

/** Empty outside of any request: the watchers of attempts, timers. */
export function logContext(): Partial<LogContext> {
  return storage.getStore() ?? {};
}
