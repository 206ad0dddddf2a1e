import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '#scripts/setup/free-port.ts';
import { findPostgresServer } from '#scripts/testing/postgres-server.ts';

const START_MS = 60_000;
const prefix = 'belowdeck-postgres-';

/** A PostgreSQL server of the tests' own: a temporary folder, a loopback port, an unprivileged user. */
export interface Cluster {
  /** Of its superuser, database "postgres". */
  url: string;
  /** Folder with the server's programs, `pg_dump` among them. */
  bin: string;
  stop(): Promise<void>;
}

/** Starts one; nothing outside its folder is touched. Passwords are asked for (SCRAM), as a real server does. */
export async function startCluster(): Promise<Cluster> {
  const bin = await findPostgresServer();
  if (!bin)
    throw new Error(
      'No PostgreSQL server is installed. `npm test` installs one on Debian; else: apt-get install postgresql',
    );
  reapAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const owner = unprivileged();
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid as number);
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o644 });
  const data = join(folder, 'data');
  const options = ['--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--username=chief', '--encoding=UTF8'];
  await promisify(execFile)(join(bin, 'initdb'), ['-D', data, '--no-sync', '--locale=C.UTF-8', ...options], owner);
  const port = await freePort();
  // What a crash of the machine would cost does not matter here; speed does.
  const settings = ['fsync=off', 'full_page_writes=off', 'shared_buffers=64MB', `unix_socket_directories=${folder}`];
  const log = join(folder, 'log');
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', ...settings.flatMap(each => ['-c', each])],
    { ...owner, stdio: ['ignore', openSync(log, 'a'), openSync(log, 'a')] },
  );
  const url = `postgres://chief:${password}@127.0.0.1:${port}/postgres`;
  await untilReady(url, server, log);
  return {
    url,
    bin,
    async stop() {
      const gone = new Promise(resolve => server.once('exit', resolve));
      // A fast shutdown: ends sessions, then itself.
      if (server.exitCode === null && server.signalCode === null && server.kill('SIGINT')) await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: then as the user that its package made, else as nobody. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const entry = ['postgres', 'nobody'].map(name => lines.find(line => line.startsWith(`${name}:`))).find(Boolean);
  const [, , uid, gid] = (entry ?? '').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

async function untilReady(url: string, server: ChildProcess, log: string): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until && server.exitCode === null) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    const ready = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (ready) return;
    await sleep(50);
  }
  server.kill('SIGKILL');
  throw new Error(`The tests' PostgreSQL did not start. It said:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
}

/** Stops and removes clusters whose test run was killed: its process id is in the folder's name. */
function reapAbandoned(): void {
  for (const name of readdirSync(tmpdir()).filter(each => each.startsWith(prefix))) {
    if (isAlive(Number(name.slice(prefix.length).split('-')[0]))) continue;
    const folder = join(tmpdir(), name);
    try {
      const pid = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
      // Another process may have the number by now: its folder says whether it is ours.
      if (execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes(folder))
        process.kill(pid, 'SIGQUIT');
    } catch {
      // It does not run any more.
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
