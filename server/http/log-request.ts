import type { IncomingMessage, ServerResponse } from 'node:http';
import { forRequest } from '../log-context.ts';

/** An answer slower than this is worth a line. */
const SLOW_MS = 2_000;

/**
 * Handles a request under an id of its own, which its log lines, its calls to sandboxd and the answer's `x-request-id`
 * carry; writes a line where it failed or took long.
 */
export function logRequest(
  request: IncomingMessage,
  response: ServerResponse,
  log: { warn(fields: object, text: string): void },
  handle: () => void,
): void {
  const began = performance.now();
  forRequest(id => {
    response.setHeader('x-request-id', id);
    response.once('close', () => {
      const ms = Math.round(performance.now() - began);
      const { statusCode: status } = response;
      const fields = { request: id, method: request.method, path: shownPath(request.url), status, ms };
      if (status >= 500) log.warn(fields, 'an answer says that something failed');
      else if (ms > SLOW_MS && response.writableFinished) log.warn(fields, 'an answer took long');
    });
    handle();
  });
}

/** A path as it may stand in a log: without what follows `?`, and without codes that let people in. */
export function shownPath(url: string | undefined): string {
  const path = url?.split('?', 1)[0] ?? '';
  return path.replace(/^(\/join\/).+/, '$1…').slice(0, 200);
}
