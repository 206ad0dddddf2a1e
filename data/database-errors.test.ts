import { expect, it } from 'vitest';
import { isDatabaseAway, postgresError } from './database-errors.ts';
import { type PostgresAddress, parseDatabaseUrl } from './database-url.ts';

const address = parseDatabaseUrl('postgres://ada:secret@db.example.org/belowdeck') as PostgresAddress;

it.each<[string, { code?: string; message?: string }, boolean]>([
  ['nobody listens', { code: 'ECONNREFUSED' }, true],
  ['its socket is not there', { code: 'ENOENT' }, true],
  ['its name has no address', { code: 'ENOTFOUND' }, true],
  ['no answer', { message: 'timeout expired' }, true],
  ['it starts', { code: '57P03', message: 'the database system is starting up' }, true],
  ['it stops', { code: '57P01', message: 'terminating connection due to administrator command' }, true],
  ['it hung up', { message: 'Connection terminated unexpectedly' }, true],
  ['a wrong password', { code: '28P01' }, false],
  ['no such database', { code: '3D000' }, false],
  ['a socket that is not ours', { code: 'EACCES' }, false],
  ['no right', { code: '42501' }, false],
  ['no TLS', { message: 'The server does not support SSL connections' }, false],
])('of PostgreSQL that fails with %s', (_, error, away) => {
  const told = postgresError(address, error);
  expect(told).toMatchObject({ code: 'database', message: expect.not.stringContaining('secret') });
  expect(isDatabaseAway(told)).toBe(away);
});

it('takes nothing else for a database that is away', () => {
  for (const other of [null, undefined, new Error('ECONNREFUSED'), { code: 'ECONNREFUSED' }])
    expect(isDatabaseAway(other)).toBe(false);
});
