import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { PostgresAddress } from './database-url.ts';
import { postgresLimits } from './postgres-limits.ts';

/** As the server's own lists (pg_stat_activity) show us. */
const applicationName = 'belowdeck';

/**
 * A connection that writes U+FFFD for each NUL in a text: PostgreSQL refuses NUL, which comes from anywhere (a path, a
 * form, a process name). What is looked up by such a text is not found, as on SQLite.
 */
class NulFreeClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg's eight overloads, handed on as they come
  override query(...args: any[]): any {
    const [first, second, ...rest] = args;
    if (first?.values) first.values = withoutNul(first.values);
    return super.query(first, (Array.isArray(second) ? withoutNul(second) : second) as never, ...(rest as [never]));
  }
}

function withoutNul(values: unknown[]): unknown[] {
  return values.map(value =>
    typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value,
  );
}

/** How pg connects there. `uselibpqcompat`: sslmode means what it means to psql and pg_dump. */
function configOf(address: PostgresAddress): pg.ClientConfig {
  const { host, port, user, password, database, tls } = address;
  const parameters = new URLSearchParams({ host, port: String(port), ...tls });
  if (tls.sslmode) parameters.set('uselibpqcompat', 'true');
  // Without one in the URL, pg and pg_dump look for it where psql does (~/.pgpass).
  const who = [user, ...(password === '' ? [] : [password])].map(encodeURIComponent).join(':');
  return {
    connectionString: `postgres://${who}@/${encodeURIComponent(database)}?${parameters}`,
    application_name: applicationName,
    connectionTimeoutMillis: postgresLimits.connectTimeoutMs,
  };
}

/** One connection, for migrations, backups and looks at the server. `connect()` it, `end()` it. */
export function openPostgresClient(address: PostgresAddress): pg.Client {
  const client = new pg.Client(configOf(address));
  // A connection that breaks while idle: the next statement says so.
  client.on('error', () => undefined);
  return client;
}

/** Prisma's adapter on a pool of connections. */
export function postgresAdapter(address: PostgresAddress, poolSize: number): PrismaPg {
  // One stays open when nothing happens: a restore sees by it that we are here.
  return new PrismaPg({ ...configOf(address), min: 1, max: poolSize, Client: NulFreeClient } as pg.PoolConfig);
}
