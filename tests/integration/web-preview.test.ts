import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Person, signUp } from '#tests/security/support/people.ts';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { startProgram } from '#tests/support/preview/program.ts';
import { type Visit, visit } from '#tests/support/preview/visitor.ts';

let belowdeck: Belowdeck;
let ada: Person;
let attempt: string;
let sandbox: string;

const post = async (path: string, body: object = {}) => {
  const answer = await ada.ask(`/api/v1/attempts${path}`, 'POST', body);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer.json();
};

beforeAll(async () => {
  belowdeck = await startBelowdeck();
  ada = await signUp(belowdeck, 'ada');
  attempt = (await post('', { course: 'docker-engine', lab: 'client-and-daemon' })).id;
  sandbox = (await post(`/${attempt}/sandbox/start`)).sandbox.id;
  await belowdeck.host.asLearner(
    sandbox,
    'docker run -d --name web -p 8080:80 nginx && docker run -d --name inner -p 127.0.0.1:8081:80 nginx',
    { timeoutMs: 60_000 },
  );
  await startProgram(belowdeck.host, sandbox, '0.0.0.0', 9000);
}, 300_000);
afterAll(() => belowdeck?.stop());

const open = (port: number) => visit(belowdeck, ada.cookie, attempt, port);

describe('a published port', () => {
  it('shows the container’s page', async () => {
    const web = await open(8080);
    const page = await web.ask('/');
    expect([page.status, page.headers.server]).toEqual([200, expect.stringContaining('nginx')]);
    expect(page.body).toContain('Welcome to nginx');
    expect((await web.ask('/nothing-here')).status).toBe(404);
  });

  it('goes on over many requests, and after the container was restarted', async () => {
    const web = await open(8080);
    const all = await Promise.all(Array.from({ length: 40 }, () => web.ask('/')));
    expect(all.every(answer => answer.body.includes('Welcome to nginx'))).toBe(true);
    await belowdeck.host.asLearner(sandbox, 'docker restart -t 1 web', { timeoutMs: 60_000 });
    await expect.poll(async () => (await web.ask('/')).status, { timeout: 20_000 }).toBe(200);
  });

  it('tells which port is bound to 127.0.0.1, and that nothing is there', async () => {
    const html = { headers: { accept: 'text/html' } };
    const inner = await (await open(8081)).ask('/', html);
    expect(inner.status).toBe(502);
    expect(inner.body).toContain('Nothing in the sandbox answers on port 8081.');
    expect(inner.body).toContain('8081 → inner:80 (127.0.0.1 only)');
    const none = await (await open(7)).ask('/', html);
    expect(none.body).toContain('Nothing in the sandbox answers on port 7.');
    expect(none.body).toContain('8080 → web:80');
  });
});

describe('a program of the sandbox itself', () => {
  it('hears the request as the browser sent it, less what is ours', async () => {
    const program = await open(9000);
    const cookie = `${program.cookie}; own=1; ${ada.cookie}`;
    const { body } = await program.ask('/headers', {
      headers: { cookie, 'x-own': 'yes', 'x-forwarded-for': '192.0.2.1' },
    });
    expect(body).toContain(`host: ${new URL(program.origin).host}`);
    expect(body).toMatch(/^cookie: own=1\r?$/m);
    expect(body).toContain('x-own: yes');
    expect(body).not.toMatch(/belowdeck|192\.0\.2\.1/);
  });

  it('streams: an event is there before the next one is', async () => {
    const program = await open(9000);
    const { port } = new URL(belowdeck.url);
    const headers = { host: new URL(program.origin).host, cookie: program.cookie };
    const events = await new Promise<string>((resolve, reject) => {
      const request = http.get({ host: '127.0.0.1', port, path: '/events', headers, agent: false }, response => {
        let text = '';
        response.on('error', () => {});
        response.setEncoding('utf8').on('data', chunk => {
          text += chunk;
          if (!text.includes('data: 2')) return;
          response.destroy();
          resolve(text);
        });
      });
      request.on('error', reject);
    });
    expect(events).toBe('data: 1\n\ndata: 2\n\n');
  });

  it('speaks WebSocket', async () => {
    const program = await open(9000);
    const said = await echo(program, 'hello below');
    expect(said).toBe('hello below');
  });
});

/** Says something to the program's WebSocket; what comes back, or how it was refused. */
function echo({ origin, cookie }: Visit, text: string): Promise<string> {
  const { port } = new URL(belowdeck.url);
  const headers = { host: new URL(origin).host, origin, cookie };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { headers, perMessageDeflate: false });
  return new Promise<string>(resolve => {
    socket.on('open', () => socket.send(text));
    socket.on('message', data => resolve(String(data)));
    socket.on('error', error => resolve(error.message));
  }).finally(() => socket.terminate());
}

describe('when the sandbox is reset', () => {
  it('everything open is cut, and its previews are gone; the fresh one has its own', async () => {
    const web = await open(8080);
    const program = await open(9000);
    const waiting = program.ask('/forever');
    await expect.poll(() => echo(program, 'here'), { timeout: 20_000 }).toBe('here');
    const fresh = (await post(`/${attempt}/sandbox/reset`)).sandbox.id;
    expect(fresh).not.toBe(sandbox);
    expect((await waiting).body).toBe('x(cut)');
    const gone = await web.ask('/', { headers: { accept: 'text/html' } });
    expect([gone.status, gone.body]).toEqual([410, expect.stringContaining('That sandbox is gone.')]);
    expect(await echo(program, 'there')).toContain('410');
    const again = await open(8080);
    expect(again.origin).not.toBe(web.origin);
    expect((await again.ask('/')).status).toBe(502);
  });

  it('is open over a restart of the web process, and ends with signing out', async () => {
    await belowdeck.host.asLearner(
      (await post(`/${attempt}/sandbox/start`)).sandbox.id,
      'docker rm -f web 2>/dev/null; docker run -d --name web -p 8080:80 nginx',
      { timeoutMs: 60_000 },
    );
    const web = await open(8080);
    await belowdeck.killWeb();
    await expect.poll(async () => (await web.ask('/')).status, { timeout: 20_000 }).toBe(200);
    await ada.ask('/api/auth/sign-out', 'POST', {});
    await expect.poll(async () => (await web.ask('/')).status, { timeout: 20_000 }).toBe(403);
  });
});
