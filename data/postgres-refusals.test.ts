import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresAddress, parseDatabaseUrl } from './database-url.ts';
import { openDb } from './db.ts';
import { appliedMigrations, committedMigrations, migrate } from './migrate.ts';
import { migrationFile } from './migration-files.ts';
import { insistOnVersion } from './postgres-migrations.ts';
import { rawSql } from './testing/raw-sql.ts';
import { asChief, makeTestDatabase, postgresUrl, type TestDatabase, testRole } from './testing/test-database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await makeTestDatabase();
});
afterEach(() => database.remove());

const changed = (parts: Partial<Pick<URL, 'hostname' | 'password' | 'port' | 'search'>>) =>
  Object.assign(new URL(database.url), parts).href;

async function refusalOf(url: string): Promise<string> {
  const error = await migrate(url).then(
    () => null,
    (reason: Error & { code?: string }) => reason,
  );
  expect(error?.code).toBe('database');
  const text = `${error?.message}`;
  expect(text).not.toContain(testRole.password);
  expect(text).not.toContain(encodeURIComponent(testRole.password));
  return text;
}

describe('a database that cannot be used is refused with what to do:', () => {
  it('a wrong password, which is not repeated', async () => {
    const text = await refusalOf(changed({ password: 'sesame' }));
    expect(text).toMatch(/does not take this password.*Check user and password/);
    expect(text).not.toContain('sesame');
  });

  it('none at all', async () => {
    expect(await refusalOf(changed({ password: '' }))).toMatch(/does not take this password/);
  });

  it('nobody listening', async () => {
    expect(await refusalOf(changed({ port: '9' }))).toMatch(/cannot be reached \(ECONNREFUSED\).*running/);
  });

  it('no such host, no such socket', async () => {
    const host = await refusalOf(changed({ hostname: 'nowhere.invalid' }));
    expect(host).toMatch(/no address is known for "nowhere.invalid"/);
    const socket = await refusalOf(changed({ search: '?host=/nowhere' }));
    expect(socket).toMatch(/cannot be reached \(ENOENT\)/);
  });

  it('no such database, and how to make it', async () => {
    const text = await refusalOf(postgresUrl('missing'));
    expect(text).toMatch(/does not exist\. Make it: createdb -O belowdeck missing/);
  });

  it('a server older than its makers mend', () => {
    const address = parseDatabaseUrl(database.url) as PostgresAddress;
    expect(() => insistOnVersion(address, 13)).toThrow(/is PostgreSQL 13\. Belowdeck needs 14 or newer/);
    expect(() => insistOnVersion(address, 14)).not.toThrow();
  });

  it('something that is no PostgreSQL', async () => {
    const server = createServer(socket => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    expect(await refusalOf(changed({ port: String(port) }))).toMatch(/refused|cannot be reached/);
    server.close();
  });

  it('no right to make tables, and which to give', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await asChief(`ALTER DATABASE "${name}" OWNER TO chief`);
    const text = await refusalOf(database.url);
    expect(text).toMatch(/permission denied.*ALTER DATABASE.*OWNER TO "belowdeck".*GRANT ALL ON SCHEMA public/);
  });
});

it('needs no right to make tables where there are none to make', async () => {
  await migrate(database.url);
  const name = new URL(database.url).pathname.slice(1);
  await asChief(`ALTER DATABASE "${name}" OWNER TO chief`);
  expect(await migrate(database.url)).toEqual([]);
});

it('waits for another process that migrates, Prisma’s own tool too', async () => {
  const holder = await openDb(database.url);
  const order: string[] = [];
  await holder.$transaction(async tx => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(72707369)`;
    const waiting = migrate(database.url).then(() => order.push('migrated'));
    await new Promise(later => setTimeout(later, 300));
    order.push('lock given back');
    void waiting;
  });
  const files = await committedMigrations('postgresql');
  while ((await appliedMigrations(database.url)).length < files.length)
    await new Promise(later => setTimeout(later, 50));
  expect(order[0]).toBe('lock given back');
  await holder.$disconnect();
});

it('makes DDL and rows of one migration together, or not at all', async () => {
  const mixed = migrationFile(
    '20260101000000_mixed',
    `CREATE TABLE "M" ("id" TEXT); INSERT INTO "M" VALUES ('1'); SELECT 1/0;`,
  );
  await expect(migrate(database.url, [mixed])).rejects.toThrow(/division by zero.*as before it/);
  expect(await rawSql(database.url, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([
    { tablename: '_prisma_migrations' },
  ]);
});

it('goes on when the server ended all its connections', async () => {
  await migrate(database.url);
  const db = await openDb(database.url);
  expect(await db.user.count()).toBe(0);
  const name = new URL(database.url).pathname.slice(1);
  await asChief(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
  await new Promise(later => setTimeout(later, 200));
  expect(await db.user.count()).toBe(0);
  await db.$disconnect();
});
