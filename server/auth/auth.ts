import { parseSetCookieHeader } from 'better-auth/cookies';
import { isRole } from '#domain/access/roles.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { clientAddressHeader } from '../http/client-address.ts';
import type { Limits } from '../http/rate-limits.ts';
import { authErrorOf } from './auth-errors.ts';
import { authLimits, type BetterAuthOptions, createBetterAuth } from './better-auth.ts';

/** A cookie to set on the answer. */
export interface CookieToSet {
  name: string;
  value: string;
  options: { path: string; httpOnly: boolean; secure: boolean; sameSite: 'lax'; maxAge?: number };
}

/** Everything about signing in. Each deed returns the cookies to set, or throws a CodedError with a text for people. */
export interface Auth {
  /** better-auth's own routes (/api/auth/…), for programs. */
  handler(request: Request): Promise<Response>;
  /** Who sends these headers (the session cookie); null when nobody is signed in. */
  viewerFrom(headers: Headers): Promise<Viewer | null>;
  /** The same, with the id of the session: ends when it is signed out. */
  sessionFrom(headers: Headers): Promise<{ id: string; viewer: Viewer } | null>;
  signIn(headers: Headers, input: { email: string; password: string }): Promise<CookieToSet[]>;
  /** A guest's attempts go to the new account. `joinCode` opens sign-up where it is closed. */
  signUp(
    headers: Headers,
    input: { name: string; email: string; password: string; joinCode?: string | undefined },
  ): Promise<CookieToSet[]>;
  signInAsGuest(headers: Headers): Promise<CookieToSet[]>;
  signOut(headers: Headers): Promise<CookieToSet[]>;
  changeName(headers: Headers, name: string): Promise<CookieToSet[]>;
  /** Signs out the account's other sessions. */
  changePassword(headers: Headers, input: { current: string; next: string }): Promise<CookieToSet[]>;
  /** For one-time links: the hash to store. Throws `bad-request` for a password that is too short or too long. */
  hashPassword(password: string): Promise<string>;
}

export interface AuthOptions extends BetterAuthOptions {
  limits: Limits;
}

/** Builds the one Auth of the process. */
export function createAuth({ db, settings, limits }: AuthOptions): Auth {
  const engine = createBetterAuth({ db, settings });
  const addressOf = (headers: Headers) => headers.get(clientAddressHeader) ?? 'unknown';
  const cookiesOf = (headers: Headers): CookieToSet[] =>
    [...parseSetCookieHeader(headers.getSetCookie().join(', '))].map(([name, cookie]) => ({
      name,
      value: decodeURIComponent(cookie.value),
      options: {
        path: '/',
        httpOnly: true,
        secure: settings.https,
        sameSite: 'lax',
        ...(cookie['max-age'] === undefined ? {} : { maxAge: Number(cookie['max-age']) }),
      },
    }));
  const run = async (deed: () => Promise<{ headers: Headers }>): Promise<CookieToSet[]> => {
    try {
      return cookiesOf((await deed()).headers);
    } catch (error) {
      throw authErrorOf(error);
    }
  };

  const sessionFrom: Auth['sessionFrom'] = async headers => {
    if (!headers.get('cookie')) return null;
    const found = await engine.api.getSession({ headers, query: { disableRefresh: false } });
    if (!found) return null;
    const { id, name, email, role, isAnonymous } = found.user;
    const viewer = {
      userId: id,
      name,
      email,
      role: isRole(role) ? role : 'learner',
      guest: Boolean(isAnonymous),
    } as const;
    return { id: found.session.id, viewer };
  };

  return {
    handler: request => engine.handler(request),
    sessionFrom,
    viewerFrom: async headers => (await sessionFrom(headers))?.viewer ?? null,
    async signIn(headers, { email, password }) {
      const account = email.trim().toLowerCase();
      await limits.take('sign-in', `${addressOf(headers)} ${account}`);
      await limits.take('sign-in-account', account);
      const cookies = await run(() =>
        engine.api.signInEmail({ headers, body: { email: account, password }, returnHeaders: true }),
      );
      await limits.clear('sign-in', `${addressOf(headers)} ${account}`);
      return cookies;
    },
    async signUp(headers, { name, email, password, joinCode }) {
      await limits.take('sign-up', addressOf(headers));
      const body = { name: personName(name), email: email.trim(), password, ...(joinCode ? { joinCode } : {}) };
      return run(() => engine.api.signUpEmail({ headers, body, returnHeaders: true }));
    },
    async signInAsGuest(headers) {
      await limits.take('guest', addressOf(headers));
      return run(() => engine.api.signInAnonymous({ headers, returnHeaders: true }));
    },
    signOut: headers => run(() => engine.api.signOut({ headers, returnHeaders: true })),
    async changeName(headers, text) {
      const name = personName(text);
      return run(() => engine.api.updateUser({ headers, body: { name }, returnHeaders: true }));
    },
    async changePassword(headers, { current, next }) {
      await limits.take('sign-in', `${addressOf(headers)} password change`);
      const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
      return run(() => engine.api.changePassword({ headers, body, returnHeaders: true }));
    },
    async hashPassword(password) {
      const { password: passwords } = await engine.$context;
      const { minPasswordLength, maxPasswordLength } = passwords.config;
      if (password.length < minPasswordLength) throw authErrorOf({ body: { code: 'PASSWORD_TOO_SHORT' } });
      if (password.length > maxPasswordLength) throw authErrorOf({ body: { code: 'PASSWORD_TOO_LONG' } });
      return passwords.hash(password);
    },
  };
}

/** The name without control characters and outer spaces; throws `bad-request` for an empty or too long one. */
function personName(text: string): string {
  const name = text
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (name === '' || name.length > authLimits.nameMax) throw authErrorOf({ body: { code: 'INVALID_NAME' } });
  return name;
}
