import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Db, openDb } from '#data/db.ts';
import { system } from '#data/system.ts';
import { sampleFacts, sampleVerdict } from '#data/testing/samples.ts';
import { makeTestDatabase, type TestDatabase } from '#data/testing/test-database.ts';
import { recordVerdict } from '#data/verdicts.ts';
import { can } from '#domain/access/policies.ts';
import { type Route, routeTable } from '#domain/access/route-table.ts';
import type { Role, Viewer } from '#domain/access/viewer.ts';
import { freePort } from '#scripts/setup/free-port.ts';
import { loadCatalog } from '#server/catalog/load-catalog.ts';
import { spawnWeb, stopProcess, untilAnswers } from '#tests/support/processes.ts';

/** Every page, route handler and WebSocket, asked by everybody there is, of the real web process. No sandbox needed. */
const state = mkdtempSync(join(tmpdir(), 'belowdeck-routes-'));
let database: TestDatabase;
let url: string;
let web: ReturnType<typeof spawnWeb>;
let db: Db;

interface Person {
  cookie: string;
  viewer: Viewer | null;
  memberRole: 'learner' | 'instructor' | null;
}
const kinds: Record<string, { role: Role; memberRole: Person['memberRole']; guest?: boolean }> = {
  guest: { role: 'learner', memberRole: null, guest: true },
  outsider: { role: 'learner', memberRole: null },
  learner: { role: 'learner', memberRole: 'learner' },
  assistant: { role: 'learner', memberRole: 'instructor' },
  instructor: { role: 'instructor', memberRole: 'instructor' },
  stranger: { role: 'instructor', memberRole: null },
  admin: { role: 'admin', memberRole: null },
};
const names = ['nobody', ...Object.keys(kinds)];
const people: Record<string, Person> = { nobody: { cookie: '', viewer: null, memberRole: null } };
const values: Record<string, string> = {};

const lab = loadCatalog('labs').lab('docker-engine', 'client-and-daemon');
const steps = lab?.steps ?? [];
const task = steps.flatMap(step => step.tasks)[0]?.id ?? '';
const question = steps.flatMap(step => step.questions)[0];

beforeAll(async () => {
  database = await makeTestDatabase();
  const port = await freePort();
  url = `http://localhost:${port}`;
  const { BELOWDECK_DIST_DIR } = process.env;
  const env = {
    NODE_ENV: 'production',
    PORT: String(port),
    BELOWDECK_URL: url,
    BELOWDECK_STATE: state,
    BELOWDECK_SECRET: 'a-secret-of-the-tests-that-is-long-enough-to-sign',
    BELOWDECKD_URL: 'http://127.0.0.1:9',
    BELOWDECKD_TOKEN: 'a-token-of-the-tests-that-opens-nothing-anywhere',
    DATABASE_URL: database.url,
    ...(BELOWDECK_DIST_DIR ? { BELOWDECK_DIST_DIR } : {}),
  };
  const log = join(state, 'web.log');
  web = spawnWeb(env, openSync(log, 'a'));
  await untilAnswers(`${url}/sign-in`, web, log);
  db = await openDb(database.url);
  const cls = await db.class.create({ data: { name: 'Containers', joinCode: 'ABCDEFGH22' } });
  for (const [name, kind] of Object.entries(kinds)) {
    const cookie = await signUp(name, kind.guest === true);
    const account = await db.user.findFirstOrThrow({ where: kind.guest ? { isAnonymous: true } : { name } });
    await db.user.update({ where: { id: account.id }, data: { role: kind.role } });
    if (kind.memberRole)
      await db.classMember.create({ data: { classId: cls.id, userId: account.id, role: kind.memberRole } });
    const viewer = { userId: account.id, name, email: account.email, role: kind.role, guest: kind.guest === true };
    people[name] = { cookie, viewer, memberRole: kind.memberRole };
    const started = await ask('/api/v1/attempts', name, 'POST');
    if (name === 'learner') values.attemptId = (await started.json()).id;
  }
  const verdict = sampleVerdict('failed', { task, at: Date.now() });
  const { attemptId = '' } = values;
  await recordVerdict(db, system, { attemptId, verdict, facts: sampleFacts(), counted: true });
  Object.assign(values, { classId: cls.id, terminalId: '0123456789abcdef', code: 'ABCDEFGH22' });
}, 120_000);

afterAll(async () => {
  await db?.$disconnect();
  if (web) await stopProcess(web, 'SIGTERM');
  await database?.remove();
  rmSync(state, { recursive: true, force: true });
});

async function signUp(name: string, guest: boolean): Promise<string> {
  const body = guest ? {} : { name, email: `${name}@example.org`, password: 'a long password' };
  const response = await fetch(`${url}/api/auth/${guest ? 'sign-in/anonymous' : 'sign-up/email'}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(body),
  });
  expect(response.status, await response.clone().text()).toBe(200);
  return response.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ');
}

/** The route's path with the learner's attempt, the class, and a lab that exists. */
function pathOf(route: Route): string {
  const known: Record<string, string | undefined> = {
    course: 'docker-engine',
    lab: 'client-and-daemon',
    name: 'two-halves.svg',
    step: steps[0]?.slug,
    task,
    question: question?.id,
    terminal: values.terminalId,
    port: '8080',
    attempt: values.attemptId,
    ...values,
    id: route.name.includes('attempts') ? values.attemptId : values.classId,
  };
  return route.name
    .replace(/^[A-Z]+ /, '')
    .replace(/\[(?:\.\.\.)?(\w+)\]/g, (_all, name: string) => known[name] ?? 'get-session');
}

const bodies: [RegExp, () => unknown][] = [
  [/\/attempts$/, () => ({ course: 'docker-engine', lab: 'client-and-daemon' })],
  [/\/questions\//, () => ({ value: question?.kind === 'text' ? 'text' : question?.kind === 'number' ? 1 : [0] })],
  [/\/terminals$/, () => ({ cols: 80, rows: 24 })],
];

function ask(path: string, who: string, method = 'GET'): Promise<Response> {
  const body = method === 'POST' ? JSON.stringify(bodies.find(([match]) => match.test(path))?.[1]() ?? {}) : undefined;
  return fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: { cookie: people[who]?.cookie ?? '', origin: url, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
}

/** "refused" when the web process says: sign in, you may not, or there is nothing here. */
async function outcome(route: Route, who: string): Promise<string> {
  if (route.kind === 'socket') return connect(pathOf(route), who);
  const response = await ask(pathOf(route), who, methodOf(route));
  const text = await response.text();
  if (route.kind === 'api') {
    // A link's handler answers with a page.
    if (text.startsWith('<!doctype')) return [401, 403].includes(response.status) ? 'refused' : 'let in';
    // Another code, `sandbox-not-found` for one, is for who may ask.
    const code = /^\{"error":\{"code":"([\w-]+)"/.exec(text)?.[1] ?? '';
    return ['unauthorized', 'forbidden', 'not-found'].includes(code) ? 'refused' : 'let in';
  }
  const toSignIn = response.status === 307 && (response.headers.get('location') ?? '').includes('/sign-in');
  return toSignIn || [401, 403, 404].includes(response.status) ? 'refused' : 'let in';
}

function methodOf(route: Route): string {
  return /^[A-Z]+/.exec(route.name)?.[0] ?? 'GET';
}

function connect(path: string, who: string): Promise<string> {
  const socket = new WebSocket(url.replace('http', 'ws') + path, {
    headers: { cookie: people[who]?.cookie ?? '', origin: url },
  });
  return new Promise(resolve => {
    const end = (said: string) => {
      resolve(said);
      socket.terminate();
    };
    // Who may not is refused before the upgrade.
    socket.on('open', () => end('let in'));
    socket.on('unexpected-response', () => end('refused'));
    socket.on('error', () => {});
  });
}

function expected(route: Route, who: string): string {
  const { viewer, memberRole } = people[who] as Person;
  if (route.gate === 'open') return 'let in';
  if (route.gate === 'signed-in') return viewer ? 'let in' : 'refused';
  const ownerId = people.learner?.viewer?.userId;
  const subject = { ownerId, taughtByViewer: memberRole === 'instructor', memberRole, userId: ownerId };
  return can(viewer, route.gate, subject as never) ? 'let in' : 'refused';
}

// The kit is there in development only; signing in has tests of its own; what ends the attempt comes last.
const asked = routeTable
  .filter(route => route.kind !== 'action' && !route.name.startsWith('/design') && !route.name.includes('/api/auth'))
  .toSorted((a, b) => Number(a.name.endsWith('/finish')) - Number(b.name.endsWith('/finish')));

describe.each(asked.map(route => [`${route.kind} ${route.name}`, route] as const))('%s', (_name, route) => {
  it.each(names)('%s', async who => {
    expect(await outcome(route, who)).toBe(expected(route, who));
  });
});

it('refuses every change that another site sends, whoever is signed in', async () => {
  for (const route of routeTable.filter(each => each.kind === 'api' && methodOf(each) !== 'GET')) {
    const response = await fetch(url + pathOf(route), {
      method: methodOf(route),
      headers: {
        cookie: people.learner?.cookie ?? '',
        origin: 'https://evil.example',
        'content-type': 'application/json',
      },
      body: '{}',
    });
    expect(response.status, route.name).toBeOneOf([403, 404]);
  }
});

it('answers nobody who calls it by another name', async () => {
  const { port } = new URL(url);
  const { request } = await import('node:http');
  const status = await new Promise(resolve =>
    request({ port, host: '127.0.0.1', path: '/', headers: { host: 'rebound.example' } }, response => {
      response.resume();
      resolve(response.statusCode);
    }).end(),
  );
  expect(status).toBe(421);
});
