import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { parseDatabaseUrl } from '#data/database-url.ts';
import { postgresLimits } from '#data/postgres-limits.ts';
import { isLoopback, originsOf } from './http/host.ts';
import type { PreviewPlace } from './preview/preview-host.ts';
import { previewPlace } from './preview/preview-place.ts';

const onOff = z.enum(['on', 'off']).transform(value => value === 'on');
const databaseUrl = z.string().superRefine((text, context) => {
  try {
    parseDatabaseUrl(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
});
/** Longer ones do not fit into the kernel's address of a socket. */
const socketPath = z
  .string()
  .startsWith('/', 'must be an absolute path')
  .refine(path => Buffer.byteLength(path) < 108, 'must be shorter than 108 bytes');
const httpUrl = z.url({ protocol: /^https?$/ });

/** Every variable that Belowdeck reads. Nothing else looks at the environment. */
const envSchema = z.object({
  /** Port of the web server. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Address it binds to. Anything but loopback needs BELOWDECK_URL=https://… */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** The address people type: the one source for Origin, Host, cookies and links. */
  BELOWDECK_URL: httpUrl.optional(),
  /** Folder of everything that is kept: database, secrets, logs. */
  BELOWDECK_STATE: z.string().min(1).default('.belowdeck'),
  /** file:/path.db or postgres://user:password@host:5432/database; by default data/belowdeck.db in the state folder. */
  DATABASE_URL: databaseUrl.optional(),
  /** Connections to PostgreSQL that the web process makes at most. Has no meaning for SQLite. */
  BELOWDECK_DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(postgresLimits.poolSize),
  /** Signs sessions; at least 32 characters. By default read from BELOWDECK_SECRET_FILE. */
  BELOWDECK_SECRET: z.string().optional(),
  /** By default secrets/web-secret in the state folder; made by npm start. */
  BELOWDECK_SECRET_FILE: z.string().optional(),
  /** Where sandboxd listens, e.g. http://127.0.0.1:41234. */
  BELOWDECKD_URL: httpUrl.optional(),
  /** Unix socket of the same sandboxd: connections go through it, past Docker's proxy. npm start sets it where it works. */
  BELOWDECKD_SOCKET: socketPath.optional(),
  /** What proves to sandboxd that we are the web process. By default read from BELOWDECKD_TOKEN_FILE. */
  BELOWDECKD_TOKEN: z.string().optional(),
  /** By default secrets/sandboxd-token in the state folder; made by npm start. */
  BELOWDECKD_TOKEN_FILE: z.string().optional(),
  /** What a scraper shows at /metrics; at least 32 characters. By default read from BELOWDECK_METRICS_TOKEN_FILE. */
  BELOWDECK_METRICS_TOKEN: z.string().min(32).optional(),
  /** By default secrets/metrics-token in the state folder; made by npm start. Where there is none, /metrics is off. */
  BELOWDECK_METRICS_TOKEN_FILE: z.string().optional(),
  /** May people try a lab without an account? By default only when bound to loopback. */
  BELOWDECK_GUESTS: onOff.optional(),
  /** May anybody make an account? By default only when bound to loopback; with a join link one always may. */
  BELOWDECK_SIGN_UP: onOff.optional(),
  /** Where previews of published ports live: every name below it must lead here. On loopback by default *.localhost. */
  BELOWDECK_PREVIEW_HOST: z.string().optional(),
  /** Least severe level that is logged. */
  BELOWDECK_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface Settings {
  port: number;
  host: string;
  /** Without a slash at the end. */
  url: string;
  /** Origins that pages of ours can have; on loopback also its other names. */
  origins: string[];
  /** True when people reach us by https: cookies are then Secure and pages carry HSTS. */
  https: boolean;
  stateDir: string;
  databaseUrl: string;
  databasePool: number;
  secret: string;
  sandboxdUrl: string;
  /** Null: sandboxd is reached at its address. */
  sandboxdSocket: string | null;
  sandboxdToken: string;
  /** Null: /metrics is off. */
  metricsToken: string | null;
  guests: boolean;
  signUp: boolean;
  /** Where previews live; null: none are shown. */
  preview: PreviewPlace | null;
  logLevel: z.infer<typeof envSchema>['BELOWDECK_LOG_LEVEL'];
}

/** Reads the environment once, at the start. Throws one error that lists everything that is wrong, with the remedy. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = envSchema.safeParse(given);
  if (!parsed.success)
    throw settingsError(parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`));
  const values = parsed.data;
  const problems: string[] = [];
  const stateDir = resolve(values.BELOWDECK_STATE);
  const read = (name: 'BELOWDECK_SECRET' | 'BELOWDECKD_TOKEN', file: string): string => {
    const direct = values[name];
    const path = resolve(values[`${name}_FILE`] ?? join(stateDir, 'secrets', file));
    try {
      const text = (direct ?? readFileSync(path, 'utf8')).trim();
      if (text.length < 32) problems.push(`${name}: has ${text.length} characters, needs at least 32`);
      return text;
    } catch {
      problems.push(`${name}: not set, and ${path} cannot be read. npm start makes it.`);
      return '';
    }
  };

  const loopback = isLoopback(values.HOST);
  const url = (values.BELOWDECK_URL ?? `http://${hostInUrl(values.HOST)}:${values.PORT}`).replace(/\/+$/, '');
  if (!loopback && !values.BELOWDECK_URL?.startsWith('https://'))
    problems.push(
      `HOST: "${values.HOST}" can be reached from other machines, so passwords would travel unencrypted. ` +
        'Set BELOWDECK_URL=https://… (and a reverse proxy that speaks TLS), or leave HOST away.',
    );
  if (new URL(url).pathname !== '/') problems.push('BELOWDECK_URL: must not have a path');
  const preview = previewPlace(url, values.BELOWDECK_PREVIEW_HOST);
  if (typeof preview === 'string') problems.push(`BELOWDECK_PREVIEW_HOST: ${preview}`);
  if (!values.BELOWDECKD_URL) problems.push('BELOWDECKD_URL: not set. npm start starts the sandbox host and sets it.');
  const secret = read('BELOWDECK_SECRET', 'web-secret');
  const sandboxdToken = read('BELOWDECKD_TOKEN', 'sandboxd-token');
  if (problems.length > 0) throw settingsError(problems);

  const onlyHere = loopback && isLoopback(new URL(url).hostname);
  return {
    port: values.PORT,
    host: values.HOST,
    url,
    origins: originsOf(url),
    https: url.startsWith('https://'),
    stateDir,
    databaseUrl: values.DATABASE_URL ?? pathToFileURL(join(stateDir, 'data', 'belowdeck.db')).href,
    databasePool: values.BELOWDECK_DATABASE_POOL,
    secret,
    sandboxdUrl: values.BELOWDECKD_URL ?? '',
    sandboxdSocket: values.BELOWDECKD_SOCKET ?? null,
    sandboxdToken,
    metricsToken:
      values.BELOWDECK_METRICS_TOKEN ??
      findToken(values.BELOWDECK_METRICS_TOKEN_FILE ?? join(stateDir, 'secrets', 'metrics-token')),
    guests: values.BELOWDECK_GUESTS ?? onlyHere,
    signUp: values.BELOWDECK_SIGN_UP ?? onlyHere,
    preview: typeof preview === 'string' ? null : preview,
    logLevel: values.BELOWDECK_LOG_LEVEL,
  };
}

/** What must never stand in a log. A password of a few letters is not looked for: it would tear holes into other words. */
export function secretsOf({ secret, sandboxdToken, metricsToken, databaseUrl }: Settings): string[] {
  const password = URL.canParse(databaseUrl) ? new URL(databaseUrl).password : '';
  return [secret, sandboxdToken, metricsToken ?? '', password, decodeURIComponent(password)].filter(
    (text, index, all) => text.length >= 6 && all.indexOf(text) === index,
  );
}

/** The token in a file; one too short to be a secret counts as none. */
function findToken(file: string): string | null {
  try {
    const text = readFileSync(resolve(file), 'utf8').trim();
    return text.length < 32 ? null : text;
  } catch {
    return null;
  }
}

function hostInUrl(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

function settingsError(problems: string[]): Error {
  const list = problems.map(problem => `  - ${problem}`).join('\n');
  return Object.assign(new Error(`Belowdeck cannot start with these settings; nothing was changed.\n${list}`), {
    code: 'settings',
  });
}
