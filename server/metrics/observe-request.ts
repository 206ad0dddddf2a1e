import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpSeconds } from './metrics.ts';
import { methodLabel, routeKind } from './route-kind.ts';

/** Counts a request once its answer was sent whole; one that the browser left is counted as `aborted`. */
export function observeRequest(request: IncomingMessage, response: ServerResponse): void {
  const began = performance.now();
  const labels = { kind: routeKind(request.url), method: methodLabel(request.method) };
  response.once('close', () => {
    const status = response.writableFinished ? `${Math.floor(response.statusCode / 100)}xx` : 'aborted';
    httpSeconds.observe({ ...labels, status }, (performance.now() - began) / 1_000);
  });
}
