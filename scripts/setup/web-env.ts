import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDatabaseUrl } from '#data/database-url.ts';
import { readSettings } from '#server/settings.ts';
import { mirrorSettings } from './images/mirror-settings.ts';
import { Refusal } from './refusal.ts';
import type { SandboxdPlace } from './sandbox-host.ts';
import type { Secrets } from './secrets.ts';

const DEFAULT_PORT = 3000;

/** Where the web process listens and what people type, by PORT, HOST and BELOWDECK_URL. */
export function listenAddress(env: NodeJS.ProcessEnv): { host: string; port: number; url: string } {
  const host = env.HOST ?? '127.0.0.1';
  const port = Number(env.PORT ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Refusal(`PORT is "${env.PORT}".`, 'It must be a whole number from 1 to 65535: PORT=3000 npm start');
  }
  return { host, port, url: env.BELOWDECK_URL ?? `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}` };
}

/** DATABASE_URL when given, else the embedded database below the state folder. Refuses one that cannot be meant. */
export function databaseUrl(env: NodeJS.ProcessEnv, state: string): string {
  try {
    if (env.DATABASE_URL) parseDatabaseUrl(env.DATABASE_URL);
  } catch (error) {
    throw new Refusal(
      `DATABASE_URL ${(error as Error).message}.`,
      'Nothing was changed. docs/operations.md has examples.',
    );
  }
  return env.DATABASE_URL || pathToFileURL(join(state, 'data', 'belowdeck.db')).href;
}

/** The environment of the web process (server/settings.ts reads it). It gets no Docker variable: it never talks to Docker. */
export function webEnv(options: {
  state: string;
  secrets: Secrets;
  sandboxd: SandboxdPlace;
  dev: boolean;
}): NodeJS.ProcessEnv {
  const { state, secrets, sandboxd, dev } = options;
  const { DOCKER_HOST: _host, DOCKER_CONTEXT: _context, ...env } = process.env;
  const { url, host, port } = listenAddress(env);
  return {
    ...env,
    NODE_ENV: dev ? 'development' : 'production',
    HOST: host,
    PORT: String(port),
    BELOWDECK_URL: url,
    BELOWDECK_STATE: state,
    DATABASE_URL: databaseUrl(env, state),
    BELOWDECK_SECRET: secrets.secret,
    BELOWDECKD_URL: sandboxd.url,
    BELOWDECKD_SOCKET: sandboxd.socket,
    BELOWDECKD_TOKEN: secrets.sandboxdToken,
    BELOWDECK_METRICS_TOKEN: env.BELOWDECK_METRICS_TOKEN ?? secrets.metricsToken,
  };
}

/** Refuses settings with which the web process would not start, before minutes are spent on anything else. */
export function insistOnSettings(env: NodeJS.ProcessEnv): void {
  try {
    readSettings(env);
    mirrorSettings(env);
  } catch (error) {
    throw new Refusal((error as Error).message, 'docs/operations.md lists the settings.');
  }
}
