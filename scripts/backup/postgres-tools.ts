import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresAddress } from '#data/database-url.ts';
import { Refusal } from '../setup/refusal.ts';
import { tryRun } from '../setup/run.ts';

const debianFolder = '/usr/lib/postgresql';
const names = ['pg_dump', 'pg_restore', 'psql'] as const;

export type PostgresTools = Record<(typeof names)[number], string>;

/** PostgreSQL's client programs, not older than the server: an older pg_dump refuses a newer server. */
export async function findPostgresTools(server: number): Promise<PostgresTools> {
  const seen: string[] = [];
  for (const folder of toolFolders(server)) {
    const tools = Object.fromEntries(names.map(name => [name, join(folder, name)])) as PostgresTools;
    const { code, stdout } = await tryRun(tools.pg_dump, ['--version']);
    const major = Number(/ (\d+)/.exec(stdout)?.[1]);
    if (code !== 0 || !names.every(name => folder === '' || existsSync(tools[name]))) continue;
    if (major >= server) return tools;
    seen.push(`${major}`);
  }
  throw new Refusal(
    seen.length === 0
      ? 'pg_dump, pg_restore and psql are not installed here.'
      : `The server is PostgreSQL ${server}; pg_dump here is only ${seen.join(', ')}.`,
    `Nothing was changed. Install PostgreSQL's client programs, version ${server} or newer (Debian: postgresql-client-${server}).`,
  );
}

/** Debian keeps versions beside each other: the oldest that does; then whatever the path has. */
function toolFolders(server: number): string[] {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).map(Number) : [];
  const fit = versions.filter(version => version >= server).toSorted((a, b) => a - b);
  return [...fit.map(version => join(debianFolder, String(version), 'bin')), ''];
}

/** Who and where, for those programs: as environment, so that no password stands in a process list. */
export function postgresEnv(address: PostgresAddress): NodeJS.ProcessEnv {
  const { host, port, user, password, database, tls } = address;
  const { PATH, HOME } = process.env;
  return {
    ...{ PATH, HOME, LC_ALL: 'C', NODE_ENV: process.env.NODE_ENV },
    ...{ PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database, PGAPPNAME: 'belowdeck backup' },
    ...(password === '' ? {} : { PGPASSWORD: password }),
    ...Object.fromEntries(Object.entries(tls).map(([name, value]) => [`PG${name.toUpperCase()}`, value])),
  };
}
