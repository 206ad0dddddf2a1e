import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from '#data/database-url.ts';
import { committedMigrations, migrate } from '#data/migrate.ts';
import { migrationFile } from '#data/migration-files.ts';
import { sqliteMigrations } from '#data/sqlite-migrations.ts';
import { rawSql } from '#data/testing/raw-sql.ts';
import { makeTestDatabase, type TestDatabase, testedKind } from '#data/testing/test-database.ts';
import { makeBackup, restoreBackup } from '#scripts/backup/backup-and-restore.ts';
import { readBackupFile, writeBackupFile } from '#scripts/backup/backup-file.ts';
import { openLoneSqlite } from '#scripts/backup/lone-sqlite.ts';
import { root } from '#scripts/setup/paths.ts';

/** `npm run backup` and `npm run restore` on the real database, while it is written to. Run on both kinds. */
let folder: string;
let file: string;
let database: TestDatabase;
const now = new Date('2026-11-22T09:30:00Z');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'belowdeck-backup-'));
  file = join(folder, 'a.backup');
  database = await makeTestDatabase();
  const address = parseDatabaseUrl(database.url);
  if (address.kind === 'postgresql') return void (await migrate(database.url));
  const store = sqliteMigrations(openLoneSqlite(address.file));
  await store.alone(async () => {
    for (const each of await committedMigrations('sqlite')) await store.apply(each);
  });
  await store.close();
});
afterEach(async () => {
  await database.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** One statement, past the app. */
function sql(text: string, url = database.url): Promise<Record<string, unknown>[]> {
  const address = parseDatabaseUrl(url);
  if (address.kind === 'postgresql') return rawSql(url, text);
  const file = openLoneSqlite(address.file);
  return Promise.resolve(file.rows(text)).finally(() => file.close());
}

const addUsers = async (...ids: string[]) => {
  for (const id of ids)
    await sql(
      `INSERT INTO "User" ("id", "name", "email", "updatedAt")
       VALUES ('${id}', '名 ${id} 🐋', '${id}@example.org', CURRENT_TIMESTAMP)`,
    );
};
const idsOf = async (table = '"User"', url = database.url) =>
  (await sql(`SELECT "id" FROM ${table} ORDER BY "id"`, url)).map(row => row.id);

/** The database's own word on what is in it, history included. */
const everything = () =>
  Promise.all(['User', 'AuditEvent', 'Attempt', '_prisma_migrations'].map(name => sql(`SELECT * FROM "${name}"`)));

/** In another process, as the web process is: each transaction makes a user and its event, until it is ended. */
function startWriter(url: string) {
  const script = `import { openDb } from './data/db.ts';
    const db = await openDb(process.argv[1]);
    for (let index = 0; ; index++)
      await db.$transaction(async tx => {
        await tx.user.create({ data: { id: 'w' + index, name: 'W', email: index + '@example.org' } });
        await tx.auditEvent.create({ data: { action: 'w' + index, subject: 'x', detail: {} } });
      });`;
  const child = execFile(process.execPath, ['--input-type=module-typescript', '-e', script, url], { cwd: root });
  const gone = new Promise(resolve => child.once('exit', resolve));
  const count = async () => Number((await sql('SELECT count(*) AS n FROM "User"'))[0]?.n);
  return {
    async untilMore(than = 0) {
      const [before, until] = [await count().catch(() => 0), Date.now() + 30_000];
      while ((await count()) <= before + than) {
        if (Date.now() > until) throw new Error('The writer does not write.');
        await new Promise(later => setTimeout(later, 20));
      }
    },
    async end() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** `npm run backup` or `npm run restore`, without npm. */
const command = (name: 'backup' | 'restore', ...args: string[]) =>
  promisify(execFile)(process.execPath, [join(root, `scripts/${name}.ts`), ...args], {
    env: { ...process.env, DATABASE_URL: database.url },
  });

describe('a round trip', () => {
  it('brings every row back as it was, and keeps the database before it', async () => {
    await addUsers('ada', 'bob');
    await sql(`INSERT INTO "AuditEvent" ("id", "action", "subject", "detail")
               VALUES ('e', 'a', 'x', '{"z": 1, "a": "nul \\u0000, back\\\\slash", "é": [null]}')`);
    const before = await everything();
    const manifest = await makeBackup(database.url, file, now);
    expect(manifest).toMatchObject({ kind: testedKind, createdAt: '2026-11-22T09:30:00.000Z' });
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['a.backup']);

    await addUsers('later');
    await sql(`DELETE FROM "User" WHERE "id" = 'ada'`);
    const { kept } = await restoreBackup(database.url, file, now);
    expect(await everything()).toEqual(before);
    expect(await keptUsers(kept)).toEqual(['bob', 'later']);
  });

  it('of a database in use is one moment of it: whole transactions only', async () => {
    const writer = startWriter(database.url);
    try {
      await writer.untilMore(20);
      await command('backup', '--to', file);
      await writer.untilMore(5);
      await expect(command('restore', file)).rejects.toMatchObject({
        stderr: expect.stringMatching(/use.*Nothing was changed\. Stop/s),
      });
    } finally {
      await writer.end();
    }
    await restoreBackup(database.url, file, now);
    const users = await idsOf();
    expect(users.length).toBeGreaterThan(20);
    expect(await idsOf('(SELECT "action" AS "id" FROM "AuditEvent") AS events')).toEqual(users);
  });

  it('goes into an empty place too, and the next start finds nothing to do', async () => {
    await addUsers('ada');
    await makeBackup(database.url, file, now);
    const other = await makeTestDatabase();
    try {
      expect(await restoreBackup(other.url, file, now)).toMatchObject({ applied: [], kept: null });
      expect(await migrate(other.url)).toEqual([]);
      expect(await idsOf('"User"', other.url)).toEqual(['ada']);
    } finally {
      await other.remove();
    }
  });

  it('applies what this version has more, and keeps nothing of a restore whose migration fails', async () => {
    await addUsers('ada');
    await makeBackup(database.url, file, now);
    const files = await committedMigrations(testedKind);
    const more = migrationFile('29990101000000_more', 'CREATE TABLE "More" ("id" TEXT)');
    const applied = () => idsOf('(SELECT "migration_name" AS "id" FROM "_prisma_migrations") AS history');
    expect(await restoreBackup(database.url, file, now, [...files, more])).toMatchObject({ applied: [more.name] });
    expect(await sql('SELECT * FROM "More"')).toEqual([]);
    expect(await applied()).toEqual([...files, more].map(each => each.name));

    const broken = migrationFile('29990102000000_broken', 'CREATE TABLE "Broken" ("id" TEXT); SELECT nonsense');
    const again = restoreBackup(database.url, file, new Date(+now + 1_000), [...files, broken]);
    await expect(again).rejects.toThrow(/29990102000000_broken/);
    expect(await applied()).toContain(more.name);
  });

  it('works by the commands', async () => {
    await addUsers('ada');
    expect((await command('backup', '--to', file)).stdout).toContain(`✓ ${file}`);
    await expect(command('backup', '--to', file)).rejects.toMatchObject({
      stderr: expect.stringContaining('is there already'),
    });
    await addUsers('later');
    expect((await command('restore', file)).stdout).toContain('The one before is kept');
    expect(await idsOf()).toEqual(['ada']);
    await expect(command('restore')).rejects.toMatchObject({ stderr: expect.stringContaining('One file is needed') });
  });
});

describe('is refused, with nothing changed:', () => {
  let before: unknown;
  beforeEach(async () => {
    await addUsers('ada');
    await makeBackup(database.url, file, now);
    await addUsers('later');
    before = await everything();
  });
  afterEach(async () => expect(await everything()).toEqual(before));

  const spoil = (change: (bytes: Buffer) => Buffer) => writeFileSync(file, change(readFileSync(file)));
  const cases: [string, (bytes: Buffer) => Buffer, RegExp][] = [
    ['a file cut short', bytes => bytes.subarray(0, -7), /bytes of/],
    ['a file with one bit turned', bytes => turned(bytes, bytes.length - 100), /content was changed/],
    [
      'a description that was changed',
      bytes => Buffer.from(bytes.toString('latin1').replace('"kind"', '"kinb"'), 'latin1'),
      /description/,
    ],
    ['something else', () => Buffer.from('SQLite format 3\0 or whatever'), /does not begin/],
    ['an empty file', () => Buffer.alloc(0), /does not begin/],
    [
      'a newer format',
      bytes => Buffer.from(bytes.toString('latin1').replace('BACKUP 1', 'BACKUP 2'), 'latin1'),
      /newer/,
    ],
  ];
  it.each(cases)('%s', async (_name, change, text) => {
    spoil(change);
    await expect(restoreBackup(database.url, file, now)).rejects.toThrow(text);
  });

  it('one that is longer than it says', async () => {
    appendFileSync(file, 'x');
    await expect(restoreBackup(database.url, file, now)).rejects.toThrow(/bytes of/);
  });

  it('the other kind of database', async () => {
    const { manifest } = await readBackupFile(file);
    const { bytes: _bytes, sha256: _sha256, ...facts } = manifest;
    const other = join(folder, 'other.backup');
    await writeBackupFile(other, { ...facts, kind: testedKind === 'sqlite' ? 'postgresql' : 'sqlite' }, file);
    await expect(restoreBackup(database.url, other, now)).rejects.toThrow(/backup is of a .* names a/);
  });

  it('a database that is newer than this version', async () => {
    const { manifest } = await readBackupFile(file);
    const { bytes: _bytes, sha256: _sha256, ...facts } = manifest;
    const migrations = [...facts.migrations, { name: '29990101000000_later', checksum: 'x' }];
    const newer = join(folder, 'newer.backup');
    await writeBackupFile(newer, { ...facts, migrations }, file);
    await expect(restoreBackup(database.url, newer, now)).rejects.toMatchObject({ code: 'migration-unknown' });
  });

  it('a content that its tool cannot read, though it is what was written', async () => {
    const { manifest } = await readBackupFile(file);
    const { bytes: _bytes, sha256: _sha256, ...facts } = manifest;
    const nonsense = join(folder, 'nonsense');
    writeFileSync(nonsense, 'nonsense');
    const broken = join(folder, 'broken.backup');
    await writeBackupFile(broken, facts, nonsense);
    await expect(restoreBackup(database.url, broken, now)).rejects.toThrow();
  });

  it('while somebody uses the database', async () => {
    // By another process, as the web process is: SQLite does not tell the parts of one from each other.
    const idle = `import { openDb } from './data/db.ts';
      const db = await openDb(process.argv[1]); await db.user.count(); console.log('here'); setInterval(() => {}, 1e6);`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', idle, database.url], { cwd: root });
    await once(child.stdout, 'data');
    await expect(restoreBackup(database.url, file, now)).rejects.toThrow(/use/);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('to write over a file', async () => {
    const there = readFileSync(file);
    await expect(makeBackup(database.url, file, now)).rejects.toThrow(/there already/);
    expect(readFileSync(file)).toEqual(there);
  });
});

function turned(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** The users in what the restore kept. */
async function keptUsers(kept: string | null): Promise<unknown[]> {
  if (kept === null) throw new Error('nothing was kept');
  const schema = /"(.+)"/.exec(kept)?.[1];
  return schema ? idsOf(`"${schema}"."User"`) : idsOf('"User"', `file:${kept}`);
}
