// npm run doctor: looks at everything Belowdeck needs and says what is wrong and what to do. Changes nothing.
// npm run doctor -- --probe: has the sandbox host try all escapes again, in a throw-away sandbox.
import { existsSync, mkdirSync } from 'node:fs';
import { z } from 'zod';
import { preflightSchema } from '#domain/protocol/preflight.ts';
import { hostStatusSchema } from '#domain/protocol/rpc.ts';
import { type PreflightReport, reportMachine, reportPreflight } from './setup/doctor-preflight.ts';
import { sandboxHostAddress } from './setup/images/sandbox-host.ts';
import { stateDir } from './setup/paths.ts';
import { type Finding, probeDocker, probeMachine, probePort } from './setup/preflight.ts';
import { probeDatabase } from './setup/probe-database.ts';
import { endWith } from './setup/refusal.ts';
import { probeSandboxSettings, sandboxSettingsFile } from './setup/sandbox-settings.ts';
import { metricsTokenFile, readSecrets } from './setup/secrets.ts';
import { databaseUrl, listenAddress } from './setup/web-env.ts';

/** Longest wait for sandboxd: all escapes take seconds, a minute on a very busy machine. */
const PROBE_MS = 120_000;

async function probeWeb(host: string, port: number): Promise<Finding> {
  const answer = await fetch(`http://${host}:${port}/api/health`).catch(() => null);
  if (answer?.ok) return { what: 'Web', ok: true, seen: `Belowdeck answers on http://${host}:${port}`, remedy: '' };
  const finding = await probePort(host, port);
  return finding.ok ? { ...finding, what: 'Web', seen: 'not running (npm start begins it)' } : finding;
}

/** What sandboxd says of itself, as far as doctor shows it; a sandboxd of another version may say less. */
const statusSchema = hostStatusSchema
  .pick({ engine: true, cgroupVersion: true, kernel: true, sandboxes: true })
  .extend({
    pool: z.object({ warm: z.number() }),
    network: hostStatusSchema.shape.network.pick({ problem: true }).nullish(),
    preflight: preflightSchema.nullish(),
  });

async function askSandboxd(url: string, token: string, method: string): Promise<unknown> {
  const answer = await fetch(`${url}/rpc/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(PROBE_MS),
  }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

async function probeSandboxHost(state: string): Promise<{ finding: Finding; preflight: PreflightReport }> {
  const { instance, sandboxdToken } = readSecrets(state);
  const what = 'Sandbox host';
  const logs = `docker logs belowdeck-${instance}`;
  const host = await sandboxHostAddress(instance).catch(() => null);
  if (!host) {
    const finding = { what, ok: true, seen: 'not running (npm start begins it)', remedy: '' };
    return { finding, preflight: await reportMachine() };
  }
  if (process.argv.includes('--probe')) await askSandboxd(host.url, sandboxdToken, 'host.preflight');
  const status = statusSchema.safeParse(await askSandboxd(host.url, sandboxdToken, 'host.status')).data;
  if (!status) {
    const seen = 'its container runs, sandboxd does not answer';
    const finding = { what, ok: false, seen, remedy: `Look at what it says: ${logs}` };
    return { finding, preflight: await reportMachine() };
  }
  const { engine, cgroupVersion, kernel, sandboxes, pool, network } = status;
  const counted = `${sandboxes} sandboxes (${pool.warm} warm)`;
  const finding: Finding = {
    what,
    ok: engine.up && !network?.problem,
    seen: `Docker ${engine.version}, cgroup v${cgroupVersion}, kernel ${kernel}, ${counted}${network?.problem ? `; network: ${network.problem}` : ''}`,
    remedy: engine.up
      ? `The network fence is put up again by itself; if it stays so: ${logs}`
      : `Its own Docker is down and restarts by itself; if it stays so: ${logs}`,
  };
  return { finding, preflight: status.preflight ? reportPreflight(status.preflight) : { lines: [], bad: 0 } };
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
    probeSandboxSettings(sandboxSettingsFile(process.env, state)),
  ];
  const sandboxHost = docker.ok ? await probeSandboxHost(state) : null;
  if (sandboxHost) findings.push(sandboxHost.finding);
  const preflight = sandboxHost?.preflight ?? (await reportMachine());
  for (const { what, ok, seen, remedy } of findings)
    console.log(`${ok ? '✓' : '✗'} ${what.padEnd(13)} ${seen}${ok ? '' : `\n  → ${remedy}`}`);
  console.log(
    `  Metrics       http://${host}:${port}/metrics, with the token in ${metricsTokenFile(state)} (docs/operations.md)`,
  );
  for (const line of preflight.lines) console.log(line);
  const bad = findings.filter(finding => !finding.ok).length + preflight.bad;
  console.log(bad === 0 ? '\nEverything is as it should be.' : `\n${bad} to mend.`);
  process.exit(bad === 0 ? 0 : 1);
} catch (error) {
  endWith(error);
}
