// npm run doctor: looks at everything Belowdeck needs and says what is wrong and what to do. Changes nothing.
import { existsSync, mkdirSync } from 'node:fs';
import { sandboxHostAddress } from './setup/images/sandbox-host.ts';
import { stateDir } from './setup/paths.ts';
import { type Finding, probeDocker, probeMachine, probePort } from './setup/preflight.ts';
import { probeDatabase } from './setup/probe-database.ts';
import { endWith } from './setup/refusal.ts';
import { readSecrets } from './setup/secrets.ts';
import { databaseUrl, listenAddress } from './setup/web-env.ts';

async function probeWeb(host: string, port: number): Promise<Finding> {
  const answer = await fetch(`http://${host}:${port}/api/health`).catch(() => null);
  if (answer?.ok) return { what: 'Web', ok: true, seen: `Belowdeck answers on http://${host}:${port}`, remedy: '' };
  const finding = await probePort(host, port);
  return finding.ok ? { ...finding, what: 'Web', seen: 'not running (npm start begins it)' } : finding;
}

async function probeSandboxHost(state: string): Promise<Finding> {
  const { instance, sandboxdToken } = readSecrets(state);
  const host = await sandboxHostAddress(instance).catch(() => null);
  if (!host) return { what: 'Sandbox host', ok: true, seen: 'not running (npm start begins it)', remedy: '' };
  const answer = await fetch(`${host.url}/rpc/host.status`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandboxdToken}`, 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => null);
  if (!answer?.ok) {
    return {
      what: 'Sandbox host',
      ok: false,
      seen: 'its container runs, sandboxd does not answer',
      remedy: `Look at what it says: docker logs belowdeck-${instance}`,
    };
  }
  const status = (await answer.json()) as {
    engine: { up: boolean; version: string };
    pool: { warm: number };
    cgroupVersion: string;
    kernel: string;
    sandboxes: number;
  };
  return {
    what: 'Sandbox host',
    ok: status.engine.up,
    seen: `Docker ${status.engine.version}, cgroup v${status.cgroupVersion}, kernel ${status.kernel}, ${status.sandboxes} sandboxes (${status.pool.warm} warm)`,
    remedy: status.engine.up
      ? ''
      : `Its own Docker is down and restarts by itself; if it stays so: docker logs belowdeck-${instance}`,
  };
}

try {
  const state = stateDir();
  if (!existsSync(state)) mkdirSync(state, { recursive: true });
  const { host, port } = listenAddress(process.env);
  const docker = await probeDocker();
  const findings = [
    ...(await probeMachine(state)),
    docker,
    await probeWeb(host, port),
    await probeDatabase(databaseUrl(process.env, state)),
  ];
  if (docker.ok) findings.push(await probeSandboxHost(state));
  for (const { what, ok, seen, remedy } of findings)
    console.log(`${ok ? '✓' : '✗'} ${what.padEnd(13)} ${seen}${ok ? '' : `\n  → ${remedy}`}`);
  const bad = findings.filter(finding => !finding.ok).length;
  console.log(bad === 0 ? '\nEverything is as it should be.' : `\n${bad} to mend.`);
  process.exit(bad === 0 ? 0 : 1);
} catch (error) {
  endWith(error);
}
