import { existsSync, mkdirSync } from 'node:fs';
import { ensureImages } from '../setup/images/ensure-images.ts';
import type { Reporter } from '../setup/images/reporter.ts';
import { removeSandboxHost } from '../setup/images/sandbox-host.ts';
import { ensureDocker } from '../setup/install-docker.ts';
import { stateDir } from '../setup/paths.ts';
import { insist, probeMachine } from '../setup/preflight.ts';
import { ensurePrismaClient } from '../setup/prisma-client.ts';
import { Refusal } from '../setup/refusal.ts';
import { run, tryRun } from '../setup/run.ts';
import { ensureWebBuild } from '../setup/web-build.ts';
import { ensurePostgresServer } from './postgres-server.ts';

export interface TestNeeds {
  /** Docker and the images. */
  sandboxes: boolean;
  /** A PostgreSQL server's programs. */
  postgres?: boolean;
  /** The built pages. */
  pages: boolean;
  /** A Chromium. */
  browser: boolean;
}

/** Brings what a group of tests needs onto this machine, saying so; what is there already is left alone. */
export async function ensureTestMachine(needs: TestNeeds, report: Reporter): Promise<void> {
  const state = stateDir();
  mkdirSync(state, { recursive: true });
  await ensurePrismaClient(report);
  if (needs.postgres) await ensurePostgresServer(report);
  if (needs.sandboxes) {
    insist(await probeMachine(state));
    insist([await ensureDocker(report, state)]);
    await ensureImages({ report });
  }
  if (needs.pages) await ensureWebBuild(report);
  if (needs.browser) await ensureBrowser(report);
}

/** Removes the sandbox host that the tests shared (tests/support/sandbox-host.ts), with its volumes. */
export async function removeTestInstance(): Promise<void> {
  await removeSandboxHost(process.env.BELOWDECK_TEST_INSTANCE ?? 'test');
}

/** Debian's Chromium where apt can install it, else the one Playwright downloads. */
async function ensureBrowser(report: Reporter): Promise<void> {
  if (process.env.BELOWDECK_CHROMIUM || existsSync('/usr/bin/chromium')) return;
  if (process.getuid?.() === 0 && (await tryRun('sh', ['-c', 'command -v apt-get'])).code === 0) {
    await report.step('Installing Chromium for the browser tests (apt)', async progress => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update'], { env, onLine: progress });
      await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], {
        env,
        onLine: progress,
      });
    });
    return;
  }
  throw new Refusal(
    'There is no Chromium for the browser tests.',
    'Install Chromium and name it: BELOWDECK_CHROMIUM=/path/to/chromium npm test',
  );
}
