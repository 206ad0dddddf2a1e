import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { anonymous } from 'better-auth/plugins';
import { moveAttempts } from '#data/attempt-owner.ts';
import { findClassByCode } from '#data/class-members.ts';
import { kindOf } from '#data/database-kind.ts';
import type { Db } from '#data/db.ts';
import { system } from '#data/system.ts';
import { clientAddressHeader } from '../http/client-address.ts';
import { rateLimits } from '../http/rate-limits.ts';
import type { Settings } from '../settings.ts';

/** Numbers of signing in. */
export const authLimits = {
  passwordMin: 10,
  passwordMax: 256,
  nameMax: 80,
  /** A session ends after this long without a visit; seconds. */
  sessionSeconds: 30 * 86_400,
  /** How often a visit moves that end; seconds. */
  sessionRenewSeconds: 86_400,
} as const;

/**
 * What of better-auth is reachable by HTTP: the forms use server actions, so these few are for programs. Not
 * /get-session: it answers with the token, which no script of a page should be able to read.
 */
const openPaths = ['/sign-in/email', '/sign-up/email', '/sign-in/anonymous', '/sign-out'];

export interface BetterAuthOptions {
  db: Db;
  settings: Pick<Settings, 'url' | 'origins' | 'https' | 'secret' | 'guests' | 'signUp'>;
}

/** better-auth as we configure it: email + password, guests, sessions in our database. */
export function createBetterAuth({ db, settings }: BetterAuthOptions) {
  return betterAuth({
    appName: 'Belowdeck',
    baseURL: settings.url,
    basePath: '/api/auth',
    secret: settings.secret,
    trustedOrigins: settings.origins,
    telemetry: { enabled: false },
    // It logs what people do wrong as errors; what breaks is thrown, and logged where it is caught.
    logger: { disabled: true },
    database: prismaAdapter(db, { provider: kindOf(db), transaction: true }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: authLimits.passwordMin,
      maxPasswordLength: authLimits.passwordMax,
    },
    user: {
      additionalFields: {
        // Never from a request: changed by admins (data/users.ts) and the owner link only.
        role: { type: 'string', input: false, defaultValue: 'learner', required: false },
      },
    },
    session: { expiresIn: authLimits.sessionSeconds, updateAge: authLimits.sessionRenewSeconds },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 120,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/sign-up/email': { window: 60, max: 20 },
        // As for the pages: a class behind one address comes within a minute. Its own rule would let three in per 10 s.
        '/sign-in/anonymous': { window: rateLimits.guest.seconds, max: rateLimits.guest.points },
      },
    },
    advanced: {
      // Under https the browser itself refuses such a name to every other host: a preview's page, on a neighbouring name,
      // cannot put a session of its owner's in place of a visitor's. It goes with Secure, Path=/ and no Domain.
      cookiePrefix: settings.https ? '__Host-belowdeck' : 'belowdeck',
      useSecureCookies: false,
      defaultCookieAttributes: { secure: settings.https, path: '/' },
      // Said outright: both would be off by themselves where NODE_ENV is "test".
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    hooks: {
      before: createAuthMiddleware(async ctx => {
        if (ctx.request && !openPaths.includes(ctx.path)) throw new APIError('NOT_FOUND', { message: 'No such path.' });
        if (ctx.path === '/sign-in/anonymous' && !settings.guests)
          throw new APIError('FORBIDDEN', { code: 'GUESTS_OFF', message: 'Guests are not let in here.' });
        if (ctx.path === '/sign-up/email') await checkSignUp(ctx.body);
      }),
    },
    plugins: [
      anonymous({
        emailDomainName: 'guest.invalid',
        generateName: () => 'Guest',
        onLinkAccount: async ({ anonymousUser, newUser }) => {
          if (anonymousUser.user.id !== newUser.user.id)
            await moveAttempts(db, system, anonymousUser.user.id, newUser.user.id);
        },
      }),
    ],
  });

  async function checkSignUp(body: unknown): Promise<void> {
    const { name, email, joinCode } = (body ?? {}) as Record<string, unknown>;
    if (typeof name !== 'string' || name.trim() === '' || name.length > authLimits.nameMax)
      throw new APIError('BAD_REQUEST', {
        code: 'INVALID_NAME',
        message: 'A name of at most 80 characters is needed.',
      });
    if (typeof email === 'string' && email.toLowerCase().endsWith('@guest.invalid'))
      throw new APIError('BAD_REQUEST', { code: 'INVALID_EMAIL', message: 'That is not an email address.' });
    if (settings.signUp) return;
    if (typeof joinCode === 'string' && (await findClassByCode(db, joinCode))) return;
    throw new APIError('FORBIDDEN', { code: 'SIGN_UP_CLOSED', message: 'Accounts are made by join link here.' });
  }
}
