import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter } from '../setup/images/reporter.ts';
import { Refusal } from '../setup/refusal.ts';
import { run, tryRun } from '../setup/run.ts';

const debianFolder = '/usr/lib/postgresql';

/** Folder of a PostgreSQL server's programs (`postgres`, `initdb`), the newest there is; null when none is installed. */
export async function findPostgresServer(): Promise<string | null> {
  const debian = existsSync(debianFolder)
    ? readdirSync(debianFolder)
        .toSorted((a, b) => Number(b) - Number(a))
        .map(version => join(debianFolder, version, 'bin'))
    : [];
  const { stdout } = await tryRun('pg_config', ['--bindir']);
  return [...debian, stdout.trim()].find(folder => folder && existsSync(join(folder, 'postgres'))) ?? null;
}

/**
 * The tests' PostgreSQL server: installed where there is none and root may (Debian, Ubuntu), without the cluster that the
 * package would start by itself. Elsewhere a refusal: these tests are never left out in silence.
 */
export async function ensurePostgresServer(report: Reporter): Promise<void> {
  if (await findPostgresServer()) return;
  const hasApt = (await tryRun('sh', ['-c', 'command -v apt-get'])).code === 0;
  if (process.getuid?.() !== 0 || !hasApt)
    throw new Refusal(
      'There is no PostgreSQL server for the tests (programs "postgres" and "initdb").',
      'Install one (Debian, Ubuntu: sudo apt-get install postgresql); the tests start a cluster of their own and leave yours alone.',
    );
  await report.step('Installing PostgreSQL for the tests (apt)', async progress => {
    const settings = '/etc/postgresql-common/createcluster.conf';
    if (!existsSync(settings)) {
      mkdirSync('/etc/postgresql-common', { recursive: true });
      writeFileSync(settings, 'create_main_cluster = false\n');
    }
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env, onLine: progress });
    const keep = ['-o', 'Dpkg::Options::=--force-confold'];
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...keep, 'postgresql'], {
      env,
      onLine: progress,
    });
  });
  if (!(await findPostgresServer()))
    throw new Refusal(
      'PostgreSQL was installed, but its programs are not found.',
      `They should be in ${debianFolder}.`,
    );
}
