import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAttempt, findActiveAttempt } from '#data/attempts.ts';
import { createClass, getClass } from '#data/classes.ts';
import { claimOwner, resetPassword } from '#data/link-accounts.ts';
import { createOwnerLink, createResetLink } from '#data/one-time-links.ts';
import { system } from '#data/system.ts';
import { sampleLab } from '#data/testing/samples.ts';
import { openTestDb, type TestDb } from '#data/testing/test-db.ts';
import { setRole } from '#data/users.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { clientAddressHeader } from '../http/client-address.ts';
import { createLimits, rateLimits } from '../http/rate-limits.ts';
import { type Auth, type CookieToSet, createAuth } from './auth.ts';

// A password takes 32 MiB and a tenth of a second: slow on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

const url = 'http://127.0.0.1:3000';
const settings = { url, origins: [url], https: false, secret: 'x'.repeat(40), guests: true, signUp: true };
const person = { name: 'Ada', email: 'Ada@Example.org', password: 'correct horse' };

let test: TestDb;
let auth: Auth;
beforeEach(async () => {
  test = await openTestDb();
  auth = createAuth({ db: test.db, settings, limits: createLimits() });
});
afterEach(() => test.close());

const nobody = () => new Headers();
const withCookies = (cookies: CookieToSet[]) =>
  new Headers({ cookie: cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ') });
async function viewerOf(cookies: CookieToSet[]): Promise<Viewer> {
  const viewer = await auth.viewerFrom(withCookies(cookies));
  if (!viewer) throw new Error('nobody is signed in');
  return viewer;
}
const post = (path: string, body: object, headers: Record<string, string> = { origin: url }) =>
  auth.handler(
    new Request(`${url}/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );

it('lets a whole class in from one address, and no crowd', async () => {
  const from = { origin: url, [clientAddressHeader]: '192.0.2.7' };
  const arrive = async () => (await post('/sign-in/anonymous', {}, from)).status;
  const { points } = rateLimits.guest;
  const statuses = await Promise.all(Array.from({ length: points }, arrive));
  expect(statuses.filter(status => status !== 200)).toEqual([]);
  expect(await arrive()).toBe(429);
});

describe('signing up and in', () => {
  it('makes a learner, whose cookie says who it is until signed out', async () => {
    const cookies = await auth.signUp(nobody(), person);
    expect(cookies.every(cookie => cookie.options.httpOnly && cookie.options.sameSite === 'lax')).toBe(true);
    expect(await viewerOf(cookies)).toMatchObject({
      name: 'Ada',
      email: 'ada@example.org',
      role: 'learner',
      guest: false,
    });
    await auth.signOut(withCookies(cookies));
    expect(await auth.viewerFrom(withCookies(cookies))).toBeNull();
    expect(await viewerOf(await auth.signIn(nobody(), person))).toMatchObject({ email: 'ada@example.org' });
  });

  it('has a cookie that no neighbouring host can set, where people come by https', async () => {
    const there = 'https://labs.example.org';
    const secure = createAuth({
      db: test.db,
      settings: { ...settings, url: there, origins: [there], https: true },
      limits: createLimits(),
    });
    const cookies = await secure.signUp(nobody(), person);
    expect(cookies.map(({ name }) => name)).toEqual(['__Host-belowdeck.session_token']);
    // What browsers ask of such a name: Secure, Path=/, and no Domain.
    expect(cookies[0]?.options).toMatchObject({ secure: true, path: '/' });
    expect(cookies[0]?.options).not.toHaveProperty('domain');
    expect(await secure.viewerFrom(withCookies(cookies))).toMatchObject({ name: 'Ada' });
    const renamed = new Headers({ cookie: `belowdeck.session_token=${encodeURIComponent(cookies[0]?.value ?? '')}` });
    expect(await secure.viewerFrom(renamed)).toBeNull();
    const direct = await secure.handler(
      new Request(`${there}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: there },
        body: JSON.stringify({ email: person.email, password: person.password }),
      }),
    );
    for (const cookie of direct.headers.getSetCookie()) {
      expect(cookie).toMatch(/^__Host-belowdeck\.[\w.]+=/);
      expect(cookie).toMatch(/; Secure/i);
      expect(cookie).not.toMatch(/; Domain/i);
    }
  });

  it('takes no role from a request', async () => {
    await post('/sign-up/email', { ...person, role: 'admin', isAnonymous: true });
    await auth.signUp(nobody(), { ...person, email: 'b@example.org', role: 'admin' } as never);
    const users = await test.db.user.findMany();
    expect(users.map(user => [user.role, user.isAnonymous])).toEqual([
      ['learner', false],
      ['learner', false],
    ]);
  });

  it('says what is wrong, and what to do', async () => {
    await auth.signUp(nobody(), person);
    await expect(auth.signUp(nobody(), person)).rejects.toMatchObject({ code: 'conflict' });
    await expect(auth.signUp(nobody(), { ...person, email: 'b@example.org', password: 'short' })).rejects.toMatchObject(
      {
        code: 'bad-request',
        learnerMessage: expect.stringContaining('at least 10 characters'),
      },
    );
    await expect(auth.signIn(nobody(), { ...person, password: 'wrong password' })).rejects.toMatchObject({
      code: 'unauthorized',
      learnerMessage: expect.stringContaining('do not fit together'),
    });
  });

  it('stops guessing after ten wrong passwords', async () => {
    for (let round = 0; round < 10; round++)
      await expect(auth.signIn(nobody(), { ...person, password: 'wrong password' })).rejects.toMatchObject({
        code: 'unauthorized',
      });
    await expect(auth.signIn(nobody(), person)).rejects.toMatchObject({ code: 'rate-limited' });
  });

  it('is open by join link alone where sign-up is closed', async () => {
    const owner = await viewerOf(await auth.signUp(nobody(), person));
    const { id } = await createClass(test.db, { ...owner, role: 'instructor' }, 'Containers');
    const { joinCode } = await getClass(test.db, owner, id);
    const closed = createAuth({ db: test.db, settings: { ...settings, signUp: false }, limits: createLimits() });
    const other = { ...person, email: 'b@example.org' };
    await expect(closed.signUp(nobody(), other)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(closed.signUp(nobody(), { ...other, joinCode: 'WRONGCODE2' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await closed.signUp(nobody(), { ...other, joinCode: joinCode ?? '' })).not.toEqual([]);
  });

  it('changes the password and signs out the other sessions', async () => {
    const first = await auth.signUp(nobody(), person);
    const second = await auth.signIn(nobody(), person);
    const changed = await auth.changePassword(withCookies(second), {
      current: person.password,
      next: 'another password',
    });
    expect(await auth.viewerFrom(withCookies(first))).toBeNull();
    expect(await viewerOf(changed)).toMatchObject({ name: 'Ada' });
    await expect(auth.signIn(nobody(), person)).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

describe('guests', () => {
  it('keep their attempts by signing up, and the guest account is gone', async () => {
    const cookies = await auth.signInAsGuest(nobody());
    const guest = await viewerOf(cookies);
    expect(guest).toMatchObject({ guest: true, role: 'learner' });
    const attempt = await createAttempt(test.db, guest, sampleLab());
    const member = await viewerOf(await auth.signUp(withCookies(cookies), person));
    expect(member.userId).not.toBe(guest.userId);
    expect(await findActiveAttempt(test.db, member, attempt.course, attempt.lab)).toMatchObject({ id: attempt.id });
    expect(await test.db.user.count()).toBe(1);
  });

  it('keep them by signing in to an account they have', async () => {
    await auth.signUp(nobody(), person);
    const cookies = await auth.signInAsGuest(nobody());
    const attempt = await createAttempt(test.db, await viewerOf(cookies), sampleLab());
    const member = await viewerOf(await auth.signIn(withCookies(cookies), person));
    expect(await findActiveAttempt(test.db, member, attempt.course, attempt.lab)).toMatchObject({ id: attempt.id });
  });

  it('are not let in where guests are off', async () => {
    const without = createAuth({ db: test.db, settings: { ...settings, guests: false }, limits: createLimits() });
    await expect(without.signInAsGuest(nobody())).rejects.toMatchObject({ code: 'forbidden' });
    const response = await without.handler(
      new Request(`${url}/api/auth/sign-in/anonymous`, { method: 'POST', headers: { origin: url } }),
    );
    expect(response.status).toBe(403);
    expect(await test.db.user.count()).toBe(0);
  });
});

describe('one-time links', () => {
  const own = async (token: string, password: string) =>
    claimOwner(test.db, system, token, {
      name: 'Owner',
      email: 'owner@example.org',
      passwordHash: await auth.hashPassword(password),
    });

  it('make the owner, once, and recover it later', async () => {
    const token = await createOwnerLink(test.db, system);
    expect(await own(token, 'first password')).toEqual({ email: 'owner@example.org', recovered: false });
    const owner = await viewerOf(
      await auth.signIn(nobody(), { email: 'owner@example.org', password: 'first password' }),
    );
    expect(owner.role).toBe('admin');
    await expect(own(token, 'stolen password')).rejects.toMatchObject({ code: 'not-found' });

    const again = await createOwnerLink(test.db, system);
    expect(await own(again, 'second password')).toMatchObject({ recovered: true });
    expect(await test.db.user.count()).toBe(1);
    await expect(
      auth.signIn(nobody(), { email: 'owner@example.org', password: 'first password' }),
    ).rejects.toMatchObject({
      code: 'unauthorized',
    });
    expect(await auth.signIn(nobody(), { email: 'owner@example.org', password: 'second password' })).not.toEqual([]);
  });

  it('of an admin let a learner set a new password, which ends the old sessions', async () => {
    await own(await createOwnerLink(test.db, system), 'first password');
    const admin = await viewerOf(
      await auth.signIn(nobody(), { email: 'owner@example.org', password: 'first password' }),
    );
    const cookies = await auth.signUp(nobody(), person);
    const learner = await viewerOf(cookies);
    await expect(createResetLink(test.db, learner, learner.userId)).rejects.toMatchObject({ code: 'forbidden' });
    const token = await createResetLink(test.db, admin, learner.userId);
    await resetPassword(test.db, system, token, await auth.hashPassword('a new password'));
    expect(await auth.viewerFrom(withCookies(cookies))).toBeNull();
    expect(await viewerOf(await auth.signIn(nobody(), { ...person, password: 'a new password' }))).toMatchObject({
      userId: learner.userId,
    });
  });

  it('give a changed role with the next request', async () => {
    await own(await createOwnerLink(test.db, system), 'first password');
    const admin = await viewerOf(
      await auth.signIn(nobody(), { email: 'owner@example.org', password: 'first password' }),
    );
    const cookies = await auth.signUp(nobody(), person);
    await setRole(test.db, admin, (await viewerOf(cookies)).userId, 'instructor');
    expect(await viewerOf(cookies)).toMatchObject({ role: 'instructor' });
  });
});

describe('the HTTP routes of better-auth', () => {
  it('sign in from our origin only', async () => {
    await auth.signUp(nobody(), person);
    const body = { email: 'ada@example.org', password: person.password };
    expect((await post('/sign-in/email', body)).status).toBe(200);
    expect((await post('/sign-in/email', body, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('are the few that are needed', async () => {
    const cookies = await auth.signUp(nobody(), person);
    const cookie = withCookies(cookies).get('cookie') ?? '';
    const session = await auth.handler(new Request(`${url}/api/auth/get-session`, { headers: { cookie } }));
    expect([session.status, await session.text()]).toEqual([404, expect.not.stringContaining('token')]);
    for (const path of ['/update-user', '/delete-user', '/change-email', '/list-sessions', '/request-password-reset'])
      expect(
        (await post(path, { role: 'admin', email: 'ada@example.org' }, { origin: url, cookie })).status,
        path,
      ).toBe(404);
  });
});
