import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export type DatabaseKind = 'sqlite' | 'postgresql';

/** What `DATABASE_URL` names, taken apart. */
export type DatabaseAddress = SqliteAddress | PostgresAddress;

export interface SqliteAddress {
  kind: 'sqlite';
  /** Absolute path. */
  file: string;
  /** Safe to print. */
  shown: string;
}

export interface PostgresAddress {
  kind: 'postgresql';
  /** A name, an address, or the folder of a unix socket. */
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** TLS parameters as given: `sslmode` and the files. */
  tls: Partial<Record<TlsParameter, string>>;
  /** Safe to print: without the password. */
  shown: string;
}

const tlsParameters = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'] as const;
type TlsParameter = (typeof tlsParameters)[number];
const parameters: readonly string[] = [...tlsParameters, 'host', 'port'];
const sslModes = ['disable', 'require', 'verify-ca', 'verify-full'];

/** Takes a `DATABASE_URL` apart. Throws an error whose text says what is wrong and what to write; never the password. */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  if (text.startsWith('file:')) return sqliteAddress(text);
  if (/^postgres(ql)?:\/\//.test(text)) return postgresAddress(text);
  throw new Error(
    `begins with "${/^[\w+.-]*:?/.exec(text)?.[0].slice(0, 30)}"; it must be file:/path/to/belowdeck.db (SQLite) or ` +
      'postgres://user:password@host:5432/database (PostgreSQL)',
  );
}

function sqliteAddress(text: string): SqliteAddress {
  const file = text.startsWith('file:/') ? fileURLToPath(new URL(text)) : resolve(decodeURIComponent(text.slice(5)));
  return { kind: 'sqlite', file, shown: file };
}

function postgresAddress(text: string): PostgresAddress {
  // Only the parameter "host" names the folder of a socket; the place of the host is empty then, which URL refuses.
  const whole = text.replace(/^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)(?=[/?]|$)/, '$1localhost');
  const url = URL.canParse(whole) ? new URL(whole) : null;
  if (!url)
    throw new Error('cannot be read as postgres://user:password@host:5432/database; write %-codes for @ : / ? #');
  const { searchParams } = url;
  const unknown = [...searchParams.keys()].filter(name => !parameters.includes(name));
  if (unknown.length > 0)
    throw new Error(`has the parameter "${unknown[0]}"; Belowdeck knows ${parameters.join(', ')}. Leave it away`);
  const sslmode = searchParams.get('sslmode');
  if (sslmode !== null && !sslModes.includes(sslmode))
    throw new Error(`has sslmode "${sslmode}"; it must be one of ${sslModes.join(', ')}`);
  if (sslmode === 'verify-ca' && !searchParams.has('sslrootcert'))
    throw new Error('has sslmode "verify-ca", which needs sslrootcert=/path/to/ca.pem');
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database === '') throw new Error('names no database; write postgres://user:password@host:5432/database');
  const user = decodeURIComponent(url.username);
  if (user === '') throw new Error('names no user; write postgres://user:password@host:5432/database');
  const host = searchParams.get('host') ?? url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(searchParams.get('port') ?? (url.port || 5432));
  const tls = Object.fromEntries(
    tlsParameters.flatMap(name => (searchParams.has(name) ? [[name, searchParams.get(name) as string]] : [])),
  );
  const shown = `${database} of ${user} on ${host}:${port}`;
  const password = decodeURIComponent(url.password);
  return { kind: 'postgresql', host, port, user, password, database, tls, shown };
}
