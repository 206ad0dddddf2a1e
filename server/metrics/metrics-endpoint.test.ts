import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { parseExposition } from './exposition.ts';
import { httpSeconds } from './metrics.ts';
import { createMetricsEndpoint, mergeFamilies } from './metrics-endpoint.ts';

const token = 'a-token-of-at-least-32-characters';
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(options: { token?: string | null; fetchSandboxd?: () => Promise<string> } = {}) {
  const endpoint = createMetricsEndpoint({
    token,
    fetchSandboxd: async () => '# HELP theirs x\n# TYPE theirs gauge\ntheirs 7\n',
    log: { warn: () => {} },
    ...options,
  });
  const server = createServer((request, response) => {
    if (!endpoint(request, response)) response.end('page');
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  closing.push(() => server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (path: string, authorization = `Bearer ${token}`) => fetch(base + path, { headers: { authorization } });
}
const firstValue = (text: string, name: string) =>
  parseExposition(text).find(family => family.name === name)?.samples[0]?.value;

it('shows both processes’ numbers to who has the token', async () => {
  httpSeconds.observe({ kind: 'page', method: 'GET', status: '2xx' }, 0.02);
  const response = await (await serve())('/metrics');
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('version=0.0.4'),
  ]);
  const text = await response.text();
  expect([firstValue(text, 'theirs'), firstValue(text, 'belowdeck_sandboxd_up')]).toEqual([7, 1]);
  expect(text).toMatch(/^belowdeck_http_request_seconds_count\{kind="page",method="GET",status="2xx"\} [1-9]/m);
});

it('is closed to everybody else, and leaves other pages alone', async () => {
  const get = await serve();
  for (const wrong of ['', 'Bearer ', `Bearer ${token}x`, token])
    expect((await get('/metrics', wrong)).status).toBe(401);
  expect(await (await get('/metrics/more')).text()).toBe('page');
  const off = await serve({ token: null });
  for (const any of ['Bearer null', 'Bearer ', `Bearer ${token}`])
    expect((await off('/metrics', any)).status).toBe(404);
});

it.each([
  ['does not answer', () => Promise.reject(new Error('away'))],
  ['answers something else', async () => '<html>'],
])('says so when sandboxd %s, and shows its own', async (_, fetchSandboxd) => {
  const response = await (await serve({ fetchSandboxd }))('/metrics');
  expect([response.status, firstValue(await response.text(), 'belowdeck_sandboxd_up')]).toEqual([200, 0]);
});

it('never shows a family twice', () => {
  const [ours] = parseExposition('# HELP a x\n# TYPE a gauge\na 1\n');
  const [theirs] = parseExposition('# HELP a x\n# TYPE a gauge\na 2\n');
  if (!ours || !theirs) throw new Error('no family');
  expect(mergeFamilies([ours], [theirs])).toBe('# HELP a x\n# TYPE a gauge\na 1\n');
});
