import type { IncomingMessage, ServerResponse } from 'node:http';

export interface HealthOptions {
  /** Throws when the database does not answer. */
  pingDatabase: () => Promise<void>;
  sandboxd: { readonly reachable: boolean };
}

/**
 * `/api/health`: the process answers. `/api/ready`: it can do its work; 503 says what is missing. Both without React, so
 * that they cost nothing and answer while a page is being compiled. Returns false for any other request.
 */
export function createHealth({ pingDatabase, sandboxd }: HealthOptions) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = request.url?.split('?', 1)[0];
    if (path === '/api/health') {
      answer(response, 200, { status: 'ok' });
      return true;
    }
    if (path !== '/api/ready') return false;
    pingDatabase()
      .then(() => true)
      .catch(() => false)
      .then(database => {
        const ready = database && sandboxd.reachable;
        answer(response, ready ? 200 : 503, {
          status: ready ? 'ready' : 'not ready',
          database: database ? 'up' : 'down',
          sandboxHost: sandboxd.reachable ? 'reachable' : 'unreachable',
        });
      });
    return true;
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
