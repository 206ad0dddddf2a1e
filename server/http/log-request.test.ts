import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { logContext } from '../log-context.ts';
import { logRequest, shownPath } from './log-request.ts';

it('gives each request an id, tells it to the browser, and writes a line where it failed', async () => {
  const lines: { request?: string; path?: string; status?: number }[] = [];
  const seen: unknown[] = [];
  const server = createServer((request, response) =>
    logRequest(request, response, { warn: fields => void lines.push(fields) }, () => {
      seen.push(logContext().request);
      response.statusCode = request.url?.startsWith('/broken') ? 503 : 200;
      response.end();
    }),
  ).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answers = [await fetch(`${base}/fine`), await fetch(`${base}/broken?token=secret`)];
  const ids = answers.map(answer => answer.headers.get('x-request-id'));
  await new Promise(resolve => server.close(resolve));
  expect(ids).toEqual(seen);
  expect(new Set(ids).size).toBe(2);
  expect(lines).toEqual([expect.objectContaining({ request: ids[1], path: '/broken', status: 503, method: 'GET' })]);
});

it.each([
  ['/reset?token=abc', '/reset'],
  ['/join/ABCD-EFGH', '/join/…'],
  ['/learn/docker-engine/first', '/learn/docker-engine/first'],
  [`/${'x'.repeat(5_000)}`, `/${'x'.repeat(199)}`],
  [undefined, ''],
])('shows %s as %s', (url, path) => expect(shownPath(url)).toBe(path));
