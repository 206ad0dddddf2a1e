import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HostReadiness, isHostReady } from './host-readiness.ts';

export interface HealthOptions {
  /** Throws when the database does not answer. */
  pingDatabase: () => Promise<void>;
  sandboxd: { readonly reachable: boolean };
  /** Never rejects. */
  hostReadiness: () => Promise<HostReadiness>;
}

const alive = ['/healthz', '/api/health'];
const ready = ['/readyz', '/api/ready'];

/**
 * `/healthz`: the process answers. `/readyz`: learners are served, by a sandbox or a place in the queue; 503 says what is missing. Both without React, so that
 * they cost nothing and answer while a page is being compiled. Returns false for any other request.
 */
export function createHealth({ pingDatabase, sandboxd, hostReadiness }: HealthOptions) {
  async function look(): Promise<{ isReady: boolean; body: object }> {
    const database = pingDatabase().then(
      () => 'up',
      () => 'down',
    );
    const [databaseState, host] = await Promise.all([database, hostReadiness()]);
    const isReady = databaseState === 'up' && sandboxd.reachable && isHostReady(host);
    const sandboxHost = sandboxd.reachable ? 'reachable' : 'unreachable';
    return {
      isReady,
      body: { status: isReady ? 'ready' : 'not ready', database: databaseState, sandboxHost, ...host },
    };
  }
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = request.url?.split('?', 1)[0] ?? '';
    if (alive.includes(path)) {
      answer(response, 200, { status: 'ok' });
      return true;
    }
    if (!ready.includes(path)) return false;
    look().then(
      ({ isReady, body }) => answer(response, isReady ? 200 : 503, body),
      () => answer(response, 503, { status: 'not ready' }),
    );
    return true;
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
