import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  /** Names this installation's containers and volumes, so that two checkouts never touch each other. */
  instance: string;
  /** Signs sessions. */
  secret: string;
  /** What the web process shows to sandboxd. */
  sandboxdToken: string;
  /** What a scraper of /metrics shows to the web process. */
  metricsToken: string;
}

function keep(file: string, make: () => string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const value = make();
  writeFileSync(file, `${value}\n`, { mode: 0o600, flag: 'wx' });
  return value;
}

/** Reads the secrets of a state folder, making what is missing. Files are readable by their owner only. */
export function readSecrets(state: string): Secrets {
  const dir = join(state, 'secrets');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return {
    instance: keep(join(dir, 'instance'), () => randomBytes(4).toString('hex')),
    secret: keep(join(dir, 'web-secret'), () => randomBytes(32).toString('base64url')),
    sandboxdToken: keep(join(dir, 'sandboxd-token'), () => randomBytes(32).toString('base64url')),
    metricsToken: keep(metricsTokenFile(state), () => randomBytes(32).toString('base64url')),
  };
}

/** The file that a scraper may read its token from. */
export function metricsTokenFile(state: string): string {
  return join(state, 'secrets', 'metrics-token');
}
