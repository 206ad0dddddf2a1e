import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type MetricFamily, parseExposition } from './exposition.ts';
import { sandboxdUp } from './metrics.ts';
import { registry } from './registry.ts';

export interface MetricsEndpointOptions {
  /** What a scraper shows as its bearer token; null turns the page off. */
  token: string | null;
  /** sandboxd's numbers in the same format; rejects when it does not answer. */
  fetchSandboxd: () => Promise<string>;
  log: { warn(fields: object, text: string): void };
}

/**
 * `GET /metrics`: the web process's numbers and sandboxd's, so that one address is scraped. For who has the token.
 * Returns false for any other request.
 */
export function createMetricsEndpoint({ token, fetchSandboxd, log }: MetricsEndpointOptions) {
  async function everything(): Promise<string> {
    const theirs = await fetchSandboxd()
      .then(parseExposition)
      .catch(error => {
        log.warn({ err: error }, 'the numbers of sandboxd are missing from a scrape');
        return null;
      });
    sandboxdUp.set(theirs === null ? 0 : 1);
    return mergeFamilies(parseExposition(await registry.metrics()), theirs ?? []);
  }
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.url?.split('?', 1)[0] !== '/metrics') return false;
    if (token === null || request.method !== 'GET') answer(response, 404, 'There is nothing here.\n');
    else if (!hasToken(request.headers.authorization, token)) answer(response, 401, 'A bearer token is needed.\n');
    else
      everything().then(
        text => answer(response, 200, text, registry.contentType),
        error => {
          log.warn({ err: error }, 'a scrape failed');
          answer(response, 500, 'The numbers could not be put together; the log says why.\n');
        },
      );
    return true;
  };
}

/** One text; of families that both have, ours stays: the format allows each once. */
export function mergeFamilies(ours: readonly MetricFamily[], theirs: readonly MetricFamily[]): string {
  const known = new Set(ours.map(({ name }) => name));
  return [...ours, ...theirs.filter(({ name }) => !known.has(name))].map(({ text }) => text).join('');
}

function hasToken(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}

function answer(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...challenge });
  response.end(text);
}
