import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openDb } from './db.ts';
import { migrate } from './migrate.ts';
import { asChief, makeTestDatabase, type TestDatabase } from './testing/test-database.ts';

// Slow on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await makeTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'belowdeck-tls-'));
});
afterAll(async () => {
  await asChief('ALTER SYSTEM RESET ssl');
  await asChief('SELECT pg_reload_conf()');
  await database.remove();
  rmSync(folder, { recursive: true, force: true });
});

const withTls = (parameters: string) => `${database.url}?${parameters}`;

/** Makes a certificate of its own for 127.0.0.1 and lets the tests' server use it. Answers the certificate's path. */
async function switchOnTls(): Promise<string> {
  const [{ data_directory: data }] = (await asChief('SHOW data_directory')) as [{ data_directory: string }];
  const [key, certificate] = [join(data, 'server.key'), join(folder, 'server.crt')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', join(data, 'server.crt')],
    ],
    { stdio: 'ignore' },
  );
  execFileSync('cp', [join(data, 'server.crt'), certificate]);
  const { uid, gid } = statSync(data);
  for (const file of [key, join(data, 'server.crt')]) {
    chmodSync(file, 0o600);
    chownSync(file, uid, gid);
  }
  await asChief('ALTER SYSTEM SET ssl = on');
  await asChief('SELECT pg_reload_conf()');
  await vi.waitFor(async () => expect(await asChief('SHOW ssl')).toEqual([{ ssl: 'on' }]), 10_000);
  return certificate;
}

it('takes sslmode at its word: encrypted, and verified where asked', async () => {
  await expect(migrate(withTls('sslmode=require'))).rejects.toThrow(/speaks no TLS.*Leave sslmode away/);
  const certificate = await switchOnTls();
  expect((await migrate(withTls('sslmode=require'))).length).toBeGreaterThan(0);
  await expect(migrate(withTls('sslmode=verify-full'))).rejects.toThrow(/certificate.*not trusted.*sslrootcert/);
  for (const mode of ['verify-ca', 'verify-full']) {
    const db = await openDb(withTls(`sslmode=${mode}&sslrootcert=${certificate}`));
    const [{ ssl }] = await db.$queryRaw<[{ ssl: boolean }]>`SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`;
    expect(ssl).toBe(true);
    await db.$disconnect();
  }
});
