import { CodedError } from '#domain/protocol/errors.ts';

/** Whether these headers say that a page of ours sent the request. Browsers set both and pages cannot forge them. */
export function originAllowed(headers: Headers, origins: readonly string[]): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = headers.get('origin');
  if (origin !== null) return origins.includes(origin.toLowerCase());
  // Browsers that send neither on a change are older than any we support; other clients can send the Origin.
  return false;
}

const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Throws `forbidden` for a changing request that a page of ours did not send. Route handlers have no other guard. */
export function guardOrigin(request: Request, origins: readonly string[]): void {
  if (!changing.has(request.method) || originAllowed(request.headers, origins)) return;
  throw new CodedError('forbidden', `${request.method} from origin ${request.headers.get('origin') ?? '(none)'}`, {
    learnerMessage:
      'This came from another site, so it was refused. Nothing was changed. Open Belowdeck itself and try again there.',
  });
}
