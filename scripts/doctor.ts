// npm run doctor: looks at everything Belowdeck needs and says what is wrong and what to do. Changes nothing.
// npm run doctor -- --probe: has the sandbox host try all escapes again, in a throw-away sandbox.
import { existsSync, mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type PreflightReport, reportMachine, reportPreflight } from './setup/doctor-preflight.ts';
import { conclude, doctorStatusSchema, judgeSandboxHost } from './setup/doctor-sandbox-host.ts';
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

async function askSandboxd(url: string, token: string, method: string): Promise<unknown> {
  const answer = await fetch(`${url}/rpc/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(PROBE_MS),
  }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

async function probeSandboxHost(
  state: string,
  again: boolean,
): Promise<{ finding: Finding; preflight: PreflightReport }> {
  const { instance, sandboxdToken } = readSecrets(state);
  const what = 'Sandbox host';
  const logs = `docker logs belowdeck-${instance}`;
  const host = await sandboxHostAddress(instance).catch(() => null);
  if (!host) {
    const finding = { what, ok: true, seen: 'not running (npm start begins it)', remedy: '' };
    return { finding, preflight: await reportMachine() };
  }
  if (again) await askSandboxd(host.url, sandboxdToken, 'host.preflight');
  const status = doctorStatusSchema.safeParse(await askSandboxd(host.url, sandboxdToken, 'host.status')).data;
  if (!status) {
    const seen = 'its container runs, sandboxd does not answer';
    const finding = { what, ok: false, seen, remedy: `Look at what it says: ${logs}` };
    return { finding, preflight: await reportMachine() };
  }
  const finding = judgeSandboxHost(status, logs);
  return { finding, preflight: reportPreflight(status.preflight ?? null) };
}

try {
  const { probe } = parseArgs({ options: { probe: { type: 'boolean', default: false } } }).values;
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
  const sandboxHost = docker.ok ? await probeSandboxHost(state, probe) : null;
  if (sandboxHost) findings.push(sandboxHost.finding);
  const preflight = sandboxHost?.preflight ?? (await reportMachine());
  for (const { what, ok, seen, remedy } of findings)
    console.log(`${ok ? '✓' : '✗'} ${what.padEnd(13)} ${seen}${ok ? '' : `\n  → ${remedy}`}`);
  console.log(
    `  Metrics       http://${host}:${port}/metrics, with the token in ${metricsTokenFile(state)} (docs/operations.md)`,
  );
  for (const line of preflight.lines) console.log(line);
  const bad = findings.filter(finding => !finding.ok).length + preflight.bad;
  console.log(`\n${conclude(bad, preflight.open)}`);
  process.exit(bad === 0 ? 0 : 1);
} catch (error) {
  endWith(error);
}
