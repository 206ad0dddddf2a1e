import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import type { PostgresAddress } from '#data/database-url.ts';
import { appliedMigrations } from '#data/migrate.ts';
import type { MigrationFile } from '#data/migration-files.ts';
import { connectPostgres, migrationLock, serverVersion } from '#data/postgres-migrations.ts';
import { Refusal } from '../setup/refusal.ts';
import { tryRun } from '../setup/run.ts';
import type { DatabaseCopier } from './database-copier.ts';
import { findPostgresTools, postgresEnv } from './postgres-tools.ts';

/** Copies and puts back a PostgreSQL database with its own programs. `pg_dump` sees one moment, whoever writes meanwhile. */
export function postgresCopier(address: PostgresAddress, url: string): DatabaseCopier {
  const env = postgresEnv(address);
  const run = async (file: string, args: string[]) => {
    const { code, stderr } = await tryRun(file, args, { env });
    if (code !== 0) throw new Refusal(`${file} failed: ${stderr.trim().slice(-1_000)}`, 'Nothing was changed.');
  };
  return {
    async copyTo(payload) {
      const { server, schema } = await look(address, about);
      const { pg_dump } = await findPostgresTools(server);
      const before = await appliedMigrations(url);
      if (before.length === 0) throw new Refusal(`${address.shown} is empty.`, 'npm start makes its tables.');
      await run(pg_dump, ['--format=custom', '--no-owner', '--no-privileges', `--schema=${schema}`, '--file', payload]);
      const migrations = await appliedMigrations(url);
      if (JSON.stringify(before) !== JSON.stringify(migrations))
        throw new Refusal('The database was migrated meanwhile.', 'No backup was made. Make it again.');
      return { migrations, server };
    },

    insistOnAlone: () => look(address, insistOnAlone),

    async putBack({ file, payloadAt, server: from, stamp, missing }) {
      const { server, schema, tables } = await look(address, about);
      if ((from ?? 0) > server)
        throw new Refusal(
          `The backup is of PostgreSQL ${from}, this server is ${server}.`,
          'Nothing was changed. Restore it on a server that is not older.',
        );
      const { pg_restore, psql } = await findPostgresTools(Math.max(server, from ?? 0));
      const kept = tables.length === 0 ? null : `before_restore_${stamp.replace(/\D/g, '')}`;
      const folder = await mkdtemp(join(tmpdir(), 'belowdeck-restore-'));
      try {
        const dump = join(folder, 'dump');
        await pipeline(createReadStream(file, { start: payloadAt }), createWriteStream(dump, { mode: 0o600 }));
        const content = join(folder, 'content.sql');
        await run(pg_restore, ['--no-owner', '--no-privileges', `--schema=${schema}`, '--file', content, dump]);
        const script = join(folder, 'script.sql');
        await writeFile(script, `BEGIN;\n${setAside(schema, tables, kept)}`, { mode: 0o600 });
        await pipeline(createReadStream(content), createWriteStream(script, { flags: 'a' }));
        await appendFile(script, `\n${bringUp(schema, missing)}COMMIT;\n`);
        await run(psql, ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--output=/dev/null', '--file', script]);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
      return { kept: kept === null ? null : `schema "${kept}" of the same database` };
    },
  };
}

async function look<T>(address: PostgresAddress, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectPostgres(address);
  return work(client).finally(() => client.end());
}

/** The server's version, our schema, and the tables in it. */
async function about(client: pg.Client): Promise<{ server: number; schema: string; tables: string[] }> {
  const { rows } = await client.query(
    `SELECT current_schema() AS schema, array(SELECT tablename::text FROM pg_tables
     WHERE schemaname = current_schema() ORDER BY tablename) AS tables`,
  );
  return { server: await serverVersion(client), schema: rows[0]?.schema ?? 'public', tables: rows[0]?.tables ?? [] };
}

const others = `FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend'`;

async function insistOnAlone(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `SELECT DISTINCT coalesce(nullif(application_name, ''), 'unnamed') AS name ${others}`,
  );
  if (rows.length > 0)
    throw new Refusal(
      `The database is in use by: ${rows.map(row => row.name).join(', ')}.`,
      'Nothing was changed. Stop Belowdeck (Ctrl-C where npm start runs, or its service) and end other sessions, then restore again.',
    );
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * The beginning of the transaction in which the backup's tables come: the present ones move into a schema beside. A web
 * process that starts meanwhile waits for the lock that migrations take; one that slipped in before ends it all.
 */
function setAside(schema: string, tables: string[], kept: string | null): string {
  const moves = tables.map(table => `ALTER TABLE ${quoted(schema)}.${quoted(table)} SET SCHEMA ${quoted(kept ?? '')};`);
  return [
    `SELECT pg_advisory_xact_lock(${migrationLock});`,
    `DO $$ BEGIN IF EXISTS (SELECT ${others}) THEN RAISE 'the database came into use just now'; END IF; END $$;`,
    ...(kept === null ? [] : [`CREATE SCHEMA ${quoted(kept)};`, ...moves]),
    '',
  ].join('\n');
}

/** The end of it: what this version has more. So a migration that fails leaves the present database where it was. */
function bringUp(schema: string, missing: MigrationFile[]): string {
  const runs = missing.map(({ name, sql, checksum }) =>
    [
      `\\warn migration ${name}`,
      sql,
      `;INSERT INTO "_prisma_migrations"`,
      '("id", "checksum", "finished_at", "migration_name", "started_at", "applied_steps_count")',
      `VALUES ('${randomUUID()}', '${checksum}', now(), '${name}', now(), 1);`,
    ].join('\n'),
  );
  return [`SET search_path TO ${quoted(schema)};`, ...runs, ''].join('\n');
}
