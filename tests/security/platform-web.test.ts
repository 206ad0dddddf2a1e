import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDb } from '#data/db.ts';
import { loadCatalog } from '#server/catalog/load-catalog.ts';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { type Person, person, signUp } from './support/people.ts';

const [course, lab] = ['docker-engine', 'client-and-daemon'];
const steps = loadCatalog('labs').lab(course, lab)?.steps ?? [];
let belowdeck: Belowdeck;
let alice: Person;
let mallory: Person;
/** Attempt ids of both, and a terminal of Alice's. */
let hers: string;
let his: string;
let terminal: string;

async function begin(who: Person): Promise<string> {
  const { id } = await (await who.ask('/api/v1/attempts', 'POST', { course, lab })).json();
  const started = await who.ask(`/api/v1/attempts/${id}/sandbox/start`, 'POST', {});
  expect(started.status, await started.clone().text()).toBe(200);
  return id;
}

beforeAll(async () => {
  belowdeck = await startBelowdeck();
  [alice, mallory] = [await signUp(belowdeck, 'alice'), await signUp(belowdeck, 'mallory')];
  [hers, his] = [await begin(alice), await begin(mallory)];
  const opened = await alice.ask(`/api/v1/attempts/${hers}/terminals`, 'POST', { cols: 80, rows: 24 });
  terminal = (await opened.json()).id;
}, 120_000);
afterAll(() => belowdeck?.stop());

describe('another learner', () => {
  it('gets nothing of an attempt that is not his, by any method', async () => {
    expect((await alice.ask(`/api/v1/attempts/${hers}`)).status).toBe(200);
    const [task] = steps.flatMap(step => step.tasks);
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/terminals'],
      ['POST', '/terminals'],
      ['DELETE', `/terminals/${terminal}`],
      ['POST', '/sandbox/start'],
      ['POST', '/sandbox/reset'],
      ['POST', '/sandbox/extend'],
      ['POST', '/sandbox/end'],
      ['POST', `/steps/${steps[0]?.slug}`],
      ['POST', `/tasks/${task?.id}/check`],
      ['POST', `/tasks/${task?.id}/hint`],
      ['POST', `/tasks/${task?.id}/solution`],
      ['POST', '/finish'],
    ] as const) {
      const body = method === 'POST' ? { cols: 80, rows: 24 } : undefined;
      const response = await mallory.ask(`/api/v1/attempts/${hers}${path}`, method, body);
      expect(response.status, `${method} ${path}`).toBeOneOf([403, 404]);
    }
    expect(
      (await (await alice.ask(`/api/v1/attempts/${hers}/terminals`)).json()).map((t: { id: string }) => t.id),
    ).toContain(terminal);
  });

  it('attaches to no terminal that is not his, not through his own attempt either', async () => {
    expect(await alice.connect(`/ws/terminal/${hers}/${terminal}`)).toBe('open');
    expect(await alice.connect(`/ws/attempt/${hers}`)).toBe('open');
    for (const path of [`/ws/terminal/${hers}/${terminal}`, `/ws/terminal/${his}/${terminal}`, `/ws/attempt/${hers}`])
      expect(await mallory.connect(path), path).toMatch(/^(403|404|4403|4404)$/);
    expect((await mallory.ask(`/api/v1/attempts/${his}/terminals/${terminal}`, 'DELETE')).status).toBeOneOf([403, 404]);
    expect(await person(belowdeck, '').connect(`/ws/terminal/${hers}/${terminal}`)).toBe('401');
  });

  it('gains no role by asking for one', async () => {
    const asked = await person(belowdeck, '').ask('/api/auth/sign-up/email', 'POST', {
      name: 'eve',
      email: 'eve@example.org',
      password: 'a long password',
      role: 'admin',
      isAdmin: true,
    });
    const eve = person(
      belowdeck,
      asked.headers
        .getSetCookie()
        .map(each => each.split(';')[0])
        .join('; '),
    );
    await mallory.ask('/api/auth/update-user', 'POST', { role: 'admin' });
    for (const who of [eve, mallory]) expect((await who.ask('/admin/users')).status).not.toBe(200);
    const db = await openDb(belowdeck.databaseUrl);
    expect((await db.user.findMany()).map(user => user.role)).not.toContain('admin');
    await db.$disconnect();
  });
});

describe('another site', () => {
  const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

  it('changes nothing with the learner’s cookies', async () => {
    for (const headers of [evil, { origin: 'null' }, { origin: `${belowdeck.url}.evil.example` }]) {
      const response = await alice.ask(`/api/v1/attempts/${hers}/sandbox/end`, 'POST', {}, headers);
      expect(response.status).toBe(403);
    }
    expect((await alice.ask(`/api/v1/attempts/${hers}/terminals`)).status).toBe(200);
  });

  it('opens no WebSocket with them', async () => {
    expect(await alice.connect(`/ws/terminal/${hers}/${terminal}`, evil)).toBe('403');
    expect(await alice.connect(`/ws/attempt/${hers}`, { origin: 'null' })).toBe('403');
  });

  it('is not answered under its own name (DNS rebinding), for pages and WebSockets', async () => {
    const { port } = new URL(belowdeck.url);
    const status = await new Promise(resolve => {
      const headers = { host: `rebound.example:${port}`, cookie: alice.cookie };
      http.get({ host: '127.0.0.1', port, path: '/learn/docker-engine', headers }, response => {
        response.resume();
        resolve(response.statusCode);
      });
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await alice.connect(`/ws/attempt/${hers}`, { host: `rebound.example:${port}` })).toBe('421');
  });

  it('gets headers that keep pages to themselves, and cookies that scripts cannot read', async () => {
    const nonces = new Set<string>();
    for (const path of ['/sign-in', '/sign-in', `/learn/${course}`, '/nowhere']) {
      const { headers } = await alice.ask(path);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('x-frame-options'), path).toBe('DENY');
      expect(headers.get('referrer-policy'), path).toBe('same-origin');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("object-src 'none'");
      nonces.add(/nonce-([^']+)/.exec(policy)?.[1] ?? '');
    }
    expect(nonces.size).toBe(4);
    const session = await person(belowdeck, '').ask('/api/auth/sign-in/email', 'POST', {
      email: alice.email,
      password: 'a long password',
    });
    for (const cookie of session.headers.getSetCookie())
      expect(cookie).toMatch(/HttpOnly.*SameSite=(Lax|Strict)|SameSite=(Lax|Strict).*HttpOnly/i);
  });
});

describe('what is too much or nonsense', () => {
  it('is refused: bodies, depth, frames; and the process goes on', async () => {
    const answers = [
      await alice.ask('/api/v1/attempts', 'POST', `{"course":"${'x'.repeat(3_000_000)}"}`).catch(() => null),
      await alice.ask('/api/v1/attempts', 'POST', '['.repeat(10_000)),
      await alice.ask('/api/v1/attempts', 'POST', '{"__proto__":{"lab":"x"}}'),
    ];
    for (const answer of answers) if (answer) expect(answer.status).toBeOneOf([400, 404, 413]);
    expect((await alice.ask(`/api/v1/attempts/${hers}`)).status).toBe(200);
  });

  it.each([
    '/learn/..%2f..%2fetc/passwd',
    '/learn/docker-engine/..%2f..%2f..%2fetc%2fpasswd',
    '/learn/%2e%2e/%2e%2e/package.json',
    '/_next/static/..%2f..%2f..%2fpackage.json',
    '/_next/image?url=file:///etc/passwd&w=64&q=75',
    '/labs/docker-engine/client-and-daemon/lab.yaml',
    '/.env',
    '/api/v1/attempts/..%2f..%2fetc',
  ])('%s leads nowhere', async path => {
    const response = await alice.ask(path);
    expect(response.status).toBeOneOf([400, 403, 404]);
    expect(await response.text()).not.toMatch(/root:x:|"private": true|objectives:/);
  });

  it('as course or lab name is no path', async () => {
    for (const name of ['../../etc', '..', '__proto__', 'constructor', 'docker-engine/../..']) {
      const response = await alice.ask('/api/v1/attempts', 'POST', { course: name, lab });
      expect(response.status, name).toBeOneOf([400, 404]);
    }
  });
});

describe('what is not due', () => {
  const texts = steps.flatMap(step => [
    ...step.tasks.flatMap(task => [task.solution, ...task.mutants.map(mutant => mutant.run)]),
    ...step.questions.map(question => question.why ?? ''),
  ]);
  const bodies = steps.map(step => `${step.body} ${step.tasks.map(task => task.goal).join(' ')}`).join('\n');
  const secrets = texts
    .flatMap(text => text.split('\n'))
    .map(text => text.trim())
    .filter(text => text.length > 14 && !bodies.includes(text));

  it('is in no page, payload or API answer', async () => {
    expect(secrets.length).toBeGreaterThan(5);
    const pages = [
      '/',
      `/learn/${course}`,
      `/learn/${course}/${lab}`,
      `/learn/${course}/${lab}/finish`,
      `/api/v1/attempts/${hers}`,
    ];
    pages.push(...steps.map(step => `/learn/${course}/${lab}?step=${step.slug}`));
    for (const path of pages)
      for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) {
        const text = await (await alice.ask(path, 'GET', undefined, headers)).text();
        const plain = text
          .replaceAll('\\"', '"')
          .replaceAll('&quot;', '"')
          .replaceAll('&#x27;', "'")
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&');
        expect(
          secrets.filter(secret => plain.includes(secret)),
          path,
        ).toEqual([]);
      }
  });

  it('control: a solution asked for is answered, so that it would have been found', async () => {
    const task = steps.flatMap(step => step.tasks).find(each => secrets.includes(each.solution.trim()));
    const response = await alice.ask(`/api/v1/attempts/${hers}/tasks/${task?.id}/solution`, 'POST', {});
    expect(JSON.parse(await response.text())).toEqual(expect.anything());
    expect(response.status).toBe(200);
  });
});

describe('limits and ends', () => {
  it('stop guessing of passwords', async () => {
    const guess = () =>
      person(belowdeck, '').ask('/api/auth/sign-in/email', 'POST', { email: mallory.email, password: 'wrong wrong' });
    const statuses: number[] = [];
    for (let tries = 0; tries < 14; tries++) statuses.push((await guess()).status);
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
  });

  it('stop a learner who wants sandboxes by the dozen', async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 14; tries++)
      statuses.push((await mallory.ask(`/api/v1/attempts/${his}/sandbox/start`, 'POST', {})).status);
    expect(statuses).toContain(200);
    expect(statuses.at(-1)).toBe(429);
  });

  it('end the session of a removed account at once', async () => {
    expect((await mallory.ask(`/api/v1/attempts/${his}`)).status).toBe(200);
    const db = await openDb(belowdeck.databaseUrl);
    const { sandboxId } = await db.attempt.findUniqueOrThrow({ where: { id: his } });
    await db.user.delete({ where: { email: mallory.email } });
    await db.$disconnect();
    expect((await mallory.ask(`/api/v1/attempts/${his}`)).status).toBe(401);
    expect(await mallory.connect(`/ws/attempt/${his}`)).toBe('401');
    const client = belowdeck.host.client();
    if (sandboxId) await client.call('sandbox.end', { sandboxId, reason: 'admin' });
    client.stop();
  });
});
