import { createHmac } from 'node:crypto';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { launchBrowser } from '#tests/support/browser.ts';
import { startProgram } from '#tests/support/preview/program.ts';
import { askHost, lead, type Visit, visit } from '#tests/support/preview/visitor.ts';
import { attackApp } from './support/hostile-page.ts';
import { type Person, signUp } from './support/people.ts';

let belowdeck: Belowdeck;
let alice: Person;
let mallory: Person;
/** Attempts and sandboxes of both; each runs the program on port 9000. */
let hers: { attempt: string; sandbox: string };
let his: { attempt: string; sandbox: string };

async function begin(who: Person) {
  const { id } = await (
    await who.ask('/api/v1/attempts', 'POST', { course: 'docker-engine', lab: 'client-and-daemon' })
  ).json();
  const started = await who.ask(`/api/v1/attempts/${id}/sandbox/start`, 'POST', {});
  expect(started.status, await started.clone().text()).toBe(200);
  const sandbox = (await started.json()).sandbox.id;
  await startProgram(belowdeck.host, sandbox, '0.0.0.0', 9000);
  return { attempt: id, sandbox };
}

beforeAll(async () => {
  belowdeck = await startBelowdeck();
  [alice, mallory] = [await signUp(belowdeck, 'alice'), await signUp(belowdeck, 'mallory')];
  [hers, his] = [await begin(alice), await begin(mallory)];
}, 300_000);
afterAll(() => belowdeck?.stop());

const herVisit = () => visit(belowdeck, alice.cookie, hers.attempt, 9000);
const hisVisit = () => visit(belowdeck, mallory.cookie, his.attempt, 9000);

describe('another learner', () => {
  it('is led into no sandbox but his own', async () => {
    expect((await lead(belowdeck, mallory.cookie, his.attempt, 9000)).status).toBe(303);
    for (const cookie of [mallory.cookie, '']) {
      const answer = await lead(belowdeck, cookie, hers.attempt, 9000);
      expect(answer.status).toBeOneOf([401, 403]);
      expect(answer.headers.location).toBeUndefined();
    }
  });

  it('gets in with no cookie, a cookie of his own, or a forged one', async () => {
    const [victim, own] = [await herVisit(), await hisVisit()];
    expect((await victim.ask('/')).status).toBe(200);
    const label = new URL(victim.origin).hostname.split('.')[0]?.split('-')[1] ?? '';
    const pass = Buffer.from(
      JSON.stringify({ label, port: 9000, sessionId: 'x', until: Date.now() + 60_000 }),
    ).toString('base64url');
    const mac = (key: string) => createHmac('sha256', key).update(`preview pass ${pass}`).digest('base64url');
    const name = own.cookie.split('=')[0];
    for (const cookie of [
      '',
      own.cookie,
      mallory.cookie,
      `${name}=${pass}.${mac('')}`,
      `${name}=${pass}.${mac('secret')}`,
      `${name}=${pass}.`,
      `${name}=${own.cookie.split('=')[1]?.split('.')[0]}.${mac('')}`,
    ]) {
      const answer = await askHost(belowdeck, `${victim.origin}/`, { headers: { cookie } });
      expect(answer.status, cookie).toBe(403);
    }
  });

  it('makes nothing of her ticket once she has used it, nor at another name', async () => {
    const first = (await lead(belowdeck, alice.cookie, hers.attempt, 9000)).headers.location ?? '';
    expect((await askHost(belowdeck, first)).status).toBe(303);
    expect((await askHost(belowdeck, first)).status).toBe(403);
    const second = new URL((await lead(belowdeck, alice.cookie, hers.attempt, 9000)).headers.location ?? '');
    const own = await hisVisit();
    expect((await askHost(belowdeck, `${own.origin}${second.pathname}${second.search}`)).status).toBe(403);
    expect((await askHost(belowdeck, second.href)).status).toBe(403);
  });
});

describe('the sandbox', () => {
  it('is sent no cookie of ours and no word about the visitor', async () => {
    const program = await hisVisit();
    const { body } = await program.ask('/headers', {
      headers: { cookie: `${program.cookie}; ${mallory.cookie}; __Host-belowdeck.session_token=s; theirs=1` },
    });
    expect(body).toMatch(/^cookie: theirs=1\r?$/m);
    expect(body).not.toMatch(/belowdeck|mallory|127\.0\.0\.1/i);
  });

  it('is never reached at an address or port that the engine did not give it', async () => {
    const request = (path: string, token = belowdeck.host.token) =>
      new Promise<string>((resolve, reject) => {
        const { port } = new URL(belowdeck.host.url);
        const socket = net.connect(Number(port), '127.0.0.1', () => {
          socket.write(
            `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nConnection: Upgrade\r\nUpgrade: belowdeck-tcp\r\n\r\n`,
          );
        });
        socket.once('data', data => {
          resolve(String(data).split('\r\n')[0] ?? '');
          socket.destroy();
        });
        socket.on('error', reject);
      });
    expect(await request(`/forward/${his.sandbox}/9000`)).toContain('101');
    for (const path of [
      `/forward/${his.sandbox}/9000?host=127.0.0.1`,
      `/forward/${his.sandbox}/127.0.0.1:7070`,
      `/forward/${his.sandbox}@127.0.0.1/7070`,
      `/forward/127.0.0.1/7070`,
      `/forward/${his.sandbox}/0`,
      `/forward/${his.sandbox}/65536`,
      `/forward/${his.sandbox}/7070/../../rpc/sandbox.list`,
    ])
      expect(await request(path), path).toMatch(/^HTTP\/1.1 400/);
    expect(await request(`/forward/000000000000/80`)).toContain('404');
    expect(await request(`/forward/${his.sandbox}/9000`, 'wrong')).toContain('401');
    // sandboxd's own port on the sandbox's address: nothing of ours listens there.
    expect(await request(`/forward/${his.sandbox}/7070`)).toContain('502');
  });

  it('cannot move its previews to an address that it takes for itself', async () => {
    const program = await hisVisit();
    const own = (await belowdeck.host.asRoot(his.sandbox, "ip -4 -o addr show eth0 | awk '{print $4}'")).stdout;
    const move = (from: string, to: string) =>
      belowdeck.host.asRoot(his.sandbox, `ip addr add ${to} dev eth0 && ip addr del ${from} dev eth0`);
    const neighbour = (await belowdeck.host.asRoot(hers.sandbox, "ip -4 -o addr show eth0 | awk '{print $4}'")).stdout;
    for (const taken of ['10.99.0.1/24', neighbour]) {
      await move(own, taken);
      const { status, body } = await program.ask('/headers');
      await move(taken, own);
      // Where the engine put it there is nobody now; where it went nobody looks.
      expect([status, body], taken).toEqual([502, expect.stringContaining('Nothing in the sandbox answers')]);
    }
    expect((await program.ask('/headers')).status).toBe(200);
    expect((await (await herVisit()).ask('/headers')).status).toBe(200);
  });
});

describe('a page of a preview', () => {
  it('reaches nothing of the app: no route, no API, no action, no WebSocket, by no spelling of its name', async () => {
    const own = await hisVisit();
    const { host } = new URL(own.origin);
    for (const path of [
      '/',
      '/sign-in',
      '/api/health',
      '/api/v1/attempts',
      '/metrics',
      '/_next/static/x.js',
      '/admin',
    ]) {
      for (const name of [host, host.toUpperCase(), `x.${host}`, host.replace(':', '.:'), host.replace(/:\d+/, '')]) {
        const answer = await askHost(belowdeck, `${belowdeck.url}${path}`, {
          headers: { host: name, cookie: `${own.cookie}; ${mallory.cookie}` },
        });
        // The program answers everything with what it was asked; we answer with a page that is no app's.
        const inside = answer.status === 200 && answer.body.startsWith(`GET ${path}`);
        expect(inside || [403, 404].includes(answer.status), `${name}${path}: ${answer.status}`).toBe(true);
        expect(answer.headers['content-security-policy'] ?? '').not.toContain('nonce');
      }
    }
  });

  it('cannot act as its visitor in the app', async () => {
    const { origin } = await hisVisit();
    for (const site of ['same-site', 'cross-site']) {
      const headers = { origin, 'sec-fetch-site': site };
      const ended = await alice.ask(`/api/v1/attempts/${hers.attempt}/sandbox/end`, 'POST', {}, headers);
      expect(ended.status).toBe(403);
      expect(ended.headers.get('access-control-allow-origin')).toBeNull();
      expect(await alice.connect(`/ws/attempt/${hers.attempt}`, headers)).toBe('403');
      const led = await askHost(belowdeck, `${belowdeck.url}/api/v1/attempts/${hers.attempt}/preview/9000`, {
        headers: { ...headers, cookie: alice.cookie },
      });
      expect(led.status).toBe(403);
    }
    const page = await alice.ask('/learn/docker-engine');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('cannot use another sandbox’s preview as its visitor', async () => {
    const [victim, own] = [await herVisit(), await hisVisit()];
    const headers = { origin: own.origin, 'sec-fetch-site': 'same-site' };
    expect((await victim.ask('/', { method: 'POST', headers, body: 'x' })).status).toBe(403);
    const { port } = new URL(belowdeck.url);
    const refused = await new Promise<string>(resolve => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, {
        headers: { host: new URL(victim.origin).host, cookie: victim.cookie, origin: own.origin },
      });
      socket.on('error', error => resolve(error.message));
      socket.on('open', () => resolve('open'));
    });
    expect(refused).toContain('403');
  });

  it('is told apart from the app when both are named', async () => {
    const own = await hisVisit();
    const { port, host: app } = new URL(belowdeck.url);
    const preview = new URL(own.origin).host;
    for (const hosts of [
      [app, preview],
      [preview, app],
    ]) {
      const status = await new Promise<string>(resolve => {
        const socket = net.connect(Number(port), '127.0.0.1', () =>
          socket.write(
            `GET /api/health HTTP/1.1\r\n${hosts.map(host => `Host: ${host}\r\n`).join('')}Connection: close\r\n\r\n`,
          ),
        );
        socket.once('data', data => {
          resolve(String(data).split('\r\n')[0] ?? '');
          socket.destroy();
        });
      });
      expect(status).toContain('400');
    }
  });
});

describe('in a browser', () => {
  it('a hostile page gets no cookie to the app, reads nothing of it, and frames nothing', async () => {
    const browser = await launchBrowser();
    try {
      const context = await browser.newContext();
      const [name = '', value = ''] = mallory.cookie.split('=');
      await context.addCookies([{ name, value, url: belowdeck.url, httpOnly: true, sameSite: 'Lax' }]);
      const page = await context.newPage();
      await page.goto(`${belowdeck.url}/api/v1/attempts/${his.attempt}/preview/9000?path=/page`);
      await page.getByText('echo of p9000').waitFor();
      const own: Visit['origin'] = new URL(page.url()).origin;
      expect(own).not.toBe(new URL(belowdeck.url).origin);

      const seen = await page.evaluate(attackApp, { app: belowdeck.url, attempt: his.attempt });
      expect(seen).toMatchObject({ read: 'TypeError', opened: 'refused', framed: 'nothing' });
      // What the program itself and its page set stays at the preview; ours is HttpOnly.
      expect(seen.cookies).not.toContain('belowdeck-preview');
      const cookies = await context.cookies(belowdeck.url);
      expect(cookies.map(cookie => [cookie.name, cookie.value])).toEqual([[name, value]]);
      expect((await mallory.ask(`/api/v1/attempts/${his.attempt}`)).status).toBe(200);
      const still = await (await mallory.ask(`/api/v1/attempts/${his.attempt}`)).json();
      expect(still.sandbox.state).toBe('ready');
    } finally {
      await browser.close();
    }
  });
});
