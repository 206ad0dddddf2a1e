import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { clientAddressHeader } from './client-address.ts';
import { learnerTextOf, respond } from './respond.ts';
import { guardOrigin } from './same-origin.ts';

/** What route handlers and actions need of HTTP. */
export interface Http {
  /** First line of every route handler that changes something: throws `forbidden` unless a page of ours sent it. */
  guard(request: Request): void;
  /** Any thrown value as a response; logs what was not foreseen. */
  respond(error: unknown): Response;
  /** Any thrown value as a sentence for people; logs what was not foreseen. For server actions. */
  explain(error: unknown): string;
  /** The address to count by when nobody is signed in. */
  addressOf(headers: Headers): string;
}

export function createHttp({ settings, log }: { settings: Pick<Settings, 'origins'>; log: Pick<Log, 'error'> }): Http {
  const report = (error: unknown) => log.error({ err: error }, 'a request failed');
  return {
    guard: request => guardOrigin(request, settings.origins),
    respond: error => respond(error, report),
    explain: error => learnerTextOf(error, report),
    addressOf: headers => headers.get(clientAddressHeader) ?? 'unknown',
  };
}
