import type { Db } from '#data/db.ts';
import type { AttemptService } from './attempts/attempt-service.ts';
import type { Auth } from './auth/auth.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Http } from './http/http.ts';
import type { Limits } from './http/rate-limits.ts';
import type { PreviewEntry } from './preview/preview-entry.ts';
import type { SandboxdClient } from './sandboxd-client/sandboxd-client.ts';
import type { Settings } from './settings.ts';

/** What pages, actions and route handlers may use. Built once, by server/main.ts. */
export interface Runtime {
  settings: Settings;
  db: Db;
  auth: Auth;
  catalog: Catalog;
  attempts: AttemptService;
  sandboxd: SandboxdClient;
  limits: Limits;
  preview: PreviewEntry;
  http: Http;
}

const key = Symbol.for('belowdeck.runtime');

/** Called by server/main.ts, once, before the first request. */
export function setRuntime(runtime: Runtime): void {
  (globalThis as Record<symbol, unknown>)[key] = runtime;
}

/** Next loads its own copies of our modules, so the one runtime is handed over on globalThis. */
export function getRuntime(): Runtime {
  const runtime = (globalThis as Record<symbol, unknown>)[key] as Runtime | undefined;
  if (!runtime)
    throw new Error('The runtime is not there: the app must be started by server/main.ts (npm start, npm run dev).');
  return runtime;
}
