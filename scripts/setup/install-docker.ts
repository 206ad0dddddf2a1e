import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reporter } from './images/reporter.ts';
import { type Finding, probeDocker } from './preflight.ts';
import { Refusal } from './refusal.ts';
import { run, tryRun } from './run.ts';

const DAEMON_START_MS = 60_000;

function isRootOnDebian(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * A machine with Docker is left as it is. Root on Debian or Ubuntu without one gets docker.io installed and started,
 * which is said. Everybody else is told what to do. Answers the finding about the daemon that is there at the end.
 */
export async function ensureDocker(report: Reporter, state: string): Promise<Finding> {
  const found = await probeDocker();
  if (found.ok || !isRootOnDebian()) return found;
  const hasDaemon = (await tryRun('sh', ['-c', 'command -v dockerd'])).code === 0;
  if (!hasDaemon) {
    await report.step(
      'Installing docker.io (this is Debian or Ubuntu, you are root, and there is no Docker)',
      async progress => {
        const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
        await run('apt-get', ['update'], { env, onLine: progress });
        await run('apt-get', ['install', '-y', '--no-install-recommends', 'docker.io', 'iptables'], {
          env,
          onLine: progress,
        });
      },
    );
  }
  if (found.seen.includes('does not answer') || !hasDaemon) await startDaemon(report, state);
  return probeDocker();
}

async function startDaemon(report: Reporter, state: string): Promise<void> {
  await report.step('Starting the Docker daemon', async () => {
    if (existsSync('/run/systemd/system')) {
      await run('systemctl', ['start', 'docker']);
    } else {
      // No init that would do it: the daemon goes on after us, as a service would.
      mkdirSync(state, { recursive: true });
      forgetDead('/var/run/docker.pid', 'dockerd');
      forgetDead('/var/run/docker/containerd/containerd.pid', 'containerd');
      const log = openSync(join(state, 'dockerd.log'), 'a');
      spawn('dockerd', [], { detached: true, stdio: ['ignore', log, log] }).unref();
    }
    const until = Date.now() + DAEMON_START_MS;
    while (!(await probeDocker()).ok) {
      if (Date.now() > until) {
        throw new Refusal(
          'The Docker daemon did not start within a minute.',
          `Its log: ${join(state, 'dockerd.log')} or \`journalctl -u docker\`.`,
        );
      }
      await sleep(300);
    }
  });
}

/** Removes the PID file of a daemon that was killed: a stranger that has its number by now would keep it from starting. */
function forgetDead(pidFile: string, name: string): void {
  if (!existsSync(pidFile)) return;
  const comm = `/proc/${readFileSync(pidFile, 'utf8').trim()}/comm`;
  if (existsSync(comm) && readFileSync(comm, 'utf8').trim() === name) return;
  rmSync(pidFile);
}
