import type { PostgresAddress } from './database-url.ts';
import { postgresLimits } from './postgres-limits.ts';

/** A database that cannot be used, with what to do. `code` is "database"; the text never has the password. */
export function databaseError(what: string, remedy: string, cause?: unknown): Error & { code: 'database' } {
  const error = new Error(`The database ${what}. ${remedy}`, cause === undefined ? {} : { cause });
  return Object.assign(error, { name: 'DatabaseRefused', code: 'database' as const });
}

/** Whether nobody answers there, or not yet: what passes by itself when the server comes back, unlike a wrong password. */
export function isDatabaseAway(error: unknown): error is Error {
  return (error as { away?: boolean } | null)?.away === true;
}

/** What pg said about a connection or a statement, for the operator. */
export function postgresError(address: PostgresAddress, error: unknown): Error & { code: 'database' } {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const { shown, user, database, host } = address;
  const say = (what: string, remedy: string) => databaseError(`${shown} ${what}`, remedy, error);
  const away = (what: string, remedy: string) => Object.assign(say(what, remedy), { away: true });
  if (code === 'EACCES')
    return say('cannot be reached (EACCES)', 'May this user open the socket that DATABASE_URL names?');
  if (['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code))
    return away(`cannot be reached (${code})`, 'Is the server running, and are host and port of DATABASE_URL right?');
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code))
    return away(`cannot be reached: no address is known for "${host}"`, 'Check the host in DATABASE_URL.');
  if (/timeout/i.test(message) && code === '')
    return away(`did not answer within ${postgresLimits.connectTimeoutMs / 1000} s`, 'Check host, port and firewall.');
  if (code === '' && /^Connection terminated/.test(message))
    return away('cannot be reached (it broke the connection off)', 'Is it PostgreSQL that listens there?');
  // Starting, stopping or recovering.
  if (['57P03', '57P01'].includes(code)) return away(`is not ready: ${message}`, 'It starts or stops just now.');
  if (code === '28P01' || /SASL|password must be a string/i.test(message))
    return say(
      'does not take this password',
      `Check user and password in DATABASE_URL; special characters as %-codes.`,
    );
  if (code === '28000')
    return say(
      `does not let "${user}" in: ${message}`,
      'The server decides it by pg_hba.conf; often sslmode=require helps.',
    );
  if (code === '3D000') return say('does not exist', `Make it: createdb -O ${user} ${database}`);
  if (code === '42501')
    return say(
      `does not let "${user}" do this: ${message}`,
      `Make "${user}" its owner: ALTER DATABASE "${database}" OWNER TO "${user}"; GRANT ALL ON SCHEMA public TO "${user}";`,
    );
  if (code === '53300')
    return say('has no connection left', 'Raise max_connections there, or lower BELOWDECK_DATABASE_POOL.');
  if (/does not support SSL/.test(message)) return say('speaks no TLS', 'Leave sslmode away, or switch on ssl there.');
  if (/certificate|altnames/i.test(message))
    return say(
      `shows a certificate that is not trusted: ${message}`,
      'Give sslrootcert=/path/to/ca.pem, or sslmode=require.',
    );
  return say(`refused: ${message || code}`, 'See the log of the PostgreSQL server.');
}
