import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb } from '#data/db.ts';
import { makeTestDatabase } from '#data/testing/test-database.ts';
import { freePort } from '#scripts/setup/free-port.ts';
import { makeOwnerLink } from '#scripts/setup/owner-link.ts';
import { spawnWeb, stopProcess, untilAnswers } from './processes.ts';
import { type TestSandboxHost, testSandboxHost } from './sandbox-host.ts';

/** A whole Belowdeck of a test's own: fresh database of the tested kind, production pages, a real sandbox host. */
export interface Belowdeck {
  url: string;
  databaseUrl: string;
  host: TestSandboxHost;
  /** File with everything the web process said. */
  log: string;
  webPid(): number;
  ownerLink(): Promise<string>;
  /** Ends the web process at once (SIGKILL) and starts it again on the same port and database. */
  killWeb(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one. `env` overrides single settings of the web process. */
export async function startBelowdeck(env: Record<string, string> = {}): Promise<Belowdeck> {
  const host = await testSandboxHost();
  const state = mkdtempSync(join(tmpdir(), 'belowdeck-test-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const database = await makeTestDatabase();
  const log = join(state, 'web.log');
  const webEnv = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    BELOWDECK_URL: url,
    BELOWDECK_STATE: state,
    DATABASE_URL: database.url,
    BELOWDECK_SECRET: 'a-secret-of-the-tests-that-is-long-enough-to-sign',
    BELOWDECKD_URL: host.url,
    ...(host.socket ? { BELOWDECKD_SOCKET: host.socket } : {}),
    BELOWDECKD_TOKEN: host.token,
    ...env,
  };
  const start = () => spawnWeb(webEnv, openSync(log, 'a'));
  let web = start();
  await untilAnswers(`http://127.0.0.1:${port}/api/health`, web, log);
  return {
    url,
    databaseUrl: database.url,
    host,
    log,
    webPid: () => web.pid as number,
    ownerLink: () => makeOwnerLink(database.url, url),
    async killWeb() {
      await stopProcess(web, 'SIGKILL');
      web = start();
      await untilAnswers(`http://127.0.0.1:${port}/api/health`, web, log);
    },
    async stop() {
      await stopProcess(web, 'SIGTERM');
      await endSandboxes(database.url, host);
      await database.remove();
      rmSync(state, { recursive: true, force: true });
    },
  };
}

/** Ends the sandboxes of its attempts: the host is shared by all tests, and has room for few. */
async function endSandboxes(databaseUrl: string, host: TestSandboxHost): Promise<void> {
  const db = await openDb(databaseUrl);
  const attempts = await db.attempt.findMany({ where: { sandboxId: { not: null } } });
  await db.$disconnect();
  const client = host.client();
  await Promise.allSettled(
    attempts.map(({ sandboxId }) => client.call('sandbox.end', { sandboxId: sandboxId ?? '', reason: 'admin' })),
  );
  client.stop();
}
