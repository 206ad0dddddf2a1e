import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from './database-url.ts';

describe('a file', () => {
  it.each([
    ['file:/var/lib/belowdeck.db', '/var/lib/belowdeck.db'],
    ['file:///var/lib/a%20b.db', '/var/lib/a b.db'],
    ['file:data/x.db', resolve('data/x.db')],
  ])('%s', (url, file) => {
    expect(parseDatabaseUrl(url)).toEqual({ kind: 'sqlite', file, shown: file });
  });
});

describe('PostgreSQL', () => {
  it('is taken apart, whichever scheme', () => {
    for (const scheme of ['postgres', 'postgresql'])
      expect(parseDatabaseUrl(`${scheme}://ada:p%40ss@db.example.org:6432/labs?sslmode=require`)).toEqual({
        kind: 'postgresql',
        host: 'db.example.org',
        port: 6432,
        user: 'ada',
        password: 'p@ss',
        database: 'labs',
        tls: { sslmode: 'require' },
        shown: 'labs of ada on db.example.org:6432',
      });
  });

  it('may be behind a unix socket or an IPv6 address', () => {
    expect(parseDatabaseUrl('postgres://ada@/labs?host=/run/postgresql')).toMatchObject({
      host: '/run/postgresql',
      port: 5432,
    });
    expect(parseDatabaseUrl('postgres://ada@[::1]:5433/labs')).toMatchObject({ host: '::1', port: 5433 });
  });
});

describe('refused, naming what and what to write, never the password:', () => {
  it.each([
    ['mysql://u:secret@h/d', /"mysql:".*file:.*postgres:/],
    ['belowdeck.db', /file:\/path/],
    ['postgres://u:secret@host', /names no database/],
    ['postgres://host/labs', /names no user/],
    ['postgres://u:sec/ret@host/labs', /%-codes/],
    ['postgres://u:secret@h/d?schema=x', /parameter "schema".*sslmode/],
    ['postgres://u:secret@h/d?sslmode=perhaps', /sslmode "perhaps".*verify-full/],
    ['postgres://u:secret@h/d?sslmode=verify-ca', /needs sslrootcert/],
  ])('%s', (url, text) => {
    expect(() => parseDatabaseUrl(url)).toThrow(text);
    try {
      parseDatabaseUrl(url);
    } catch (error) {
      expect((error as Error).message).not.toMatch(/secret|sec\/ret/);
    }
  });
});
