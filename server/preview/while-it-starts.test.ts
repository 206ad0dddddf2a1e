import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type PreviewStage, previewStage } from './testing/preview-stage.ts';

let stage: PreviewStage;
let asked: string[];
beforeEach(async () => {
  stage = await previewStage();
  stage.sandboxd.ports.push({ port: 80, reach: 'anywhere', container: { name: 'web', port: 80 } });
  asked = [];
});
afterEach(() => stage.close());

const listenLate = async (afterMs: number) => {
  await sleep(afterMs);
  await stage.listen(
    80,
    http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('up');
    }),
  );
};

it('shows the page of a container that was published a moment ago, once its program listens', async () => {
  const { origin, cookie } = await stage.enter('Ada', 80);
  const [page] = await Promise.all([stage.ask(`${origin}/x`, { headers: { cookie } }), listenLate(700)]);
  expect([page.status, page.body]).toEqual([200, 'up']);
  expect(asked).toEqual(['GET /x']);
});

it('waits no longer than a program takes to start', async () => {
  const { origin, cookie } = await stage.enter('Ada', 80);
  const begun = performance.now();
  const page = await stage.ask(`${origin}/`, { headers: { cookie } });
  const took = performance.now() - begun;
  expect([page.status, took > 4_500, took < 12_000]).toEqual([502, true, true]);
});

it('does not ask a program again that hangs up', async () => {
  let calls = 0;
  const hangsUp = net.createServer(socket => {
    calls++;
    socket.on('error', () => {}).once('data', () => socket.end());
  });
  await stage.listen(80, hangsUp);
  const { origin, cookie } = await stage.enter('Ada', 80);
  const page = await stage.ask(`${origin}/`, { headers: { cookie } });
  expect([page.status, calls]).toEqual([502, 1]);
});

it('does not wait for a sandbox that ends meanwhile', async () => {
  const { origin, cookie } = await stage.enter('Ada', 80);
  const begun = performance.now();
  const ends = sleep(300).then(() => {
    stage.sandboxd.ended = true;
  });
  const [page] = await Promise.all([stage.ask(`${origin}/`, { headers: { cookie } }), ends]);
  expect([page.status, performance.now() - begun < 3_000]).toEqual([410, true]);
});

it.each([
  ['what is sent but once', 80, 'POST'],
  ['a port that is open inside only', 8080, 'GET'],
  ['a port that nothing publishes', 81, 'GET'],
])('does not wait for %s', async (_, port, method) => {
  const { origin, cookie } = await stage.enter('Ada', port);
  const begun = performance.now();
  const page = await stage.ask(`${origin}/`, { method, headers: { cookie } });
  expect([page.status, performance.now() - begun < 2_000]).toEqual([502, true]);
});
