import fs from 'node:fs';
import os from 'node:os';
import type { PoolSettings } from '#domain/protocol/pool-settings.ts';
import type { HostStatus } from '#domain/protocol/rpc.ts';
import type { SandboxEngine } from '../engine/sandbox-engine.ts';
import { sandboxPorts } from '../forward/sandbox-ports.ts';
import type { Cgroups } from '../host/cgroups.ts';
import type { Observers } from '../observer/observers.ts';
import { targetOf } from '../observer/sandbox-target.ts';
import type { FrontDesk } from '../pool/front-desk.ts';
import type { SandboxEnding } from '../pool/sandbox-ending.ts';
import { isLiving, isSuspended } from '../pool/sandbox-record.ts';
import type { SandboxRegistry } from '../pool/sandbox-registry.ts';
import type { Suspension } from '../pool/suspension.ts';
import type { Preflight } from '../preflight/preflight.ts';
import type { Terminals } from '../terminal/terminals-port.ts';
import { createPoolHandlers } from './pool-handlers.ts';
import type { RpcHandlers } from './rpc-handlers.ts';

export interface HandlerDeps {
  engine: SandboxEngine;
  cgroups: Cgroups;
  registry: SandboxRegistry;
  desk: FrontDesk;
  suspension: Suspension;
  settings: () => PoolSettings;
  ending: SandboxEnding;
  observers: Observers;
  preflight: Preflight;
  terminals: Terminals;
  labImage: () => Promise<string | null>;
  /** Looks at the fence of what may be handed out; throws `network-unfenced`. */
  beforeHandOver: (claim: { attemptId: string; fresh: boolean }) => Promise<void>;
  network: () => HostStatus['network'];
  capacity: () => { maxSandboxes: number; memoryFreeBytes: number };
  now?: () => number;
}

/** What each method does; all of it is done elsewhere. */
export function createHandlers(deps: HandlerDeps): RpcHandlers {
  const { engine, registry, desk, suspension, ending, observers, terminals, now = Date.now } = deps;
  const startedAt = now();
  const version = readVersion();
  const poolHandlers = createPoolHandlers({ ...deps, now });

  return {
    'host.status': async () => {
      const engineVersion = await engine.version();
      return {
        version,
        startedAt,
        at: now(),
        cgroupVersion: deps.cgroups.version,
        kernel: os.release(),
        engine: { up: engineVersion !== null, version: engineVersion },
        labImage: engineVersion === null ? null : await deps.labImage().catch(() => null),
        pool: { ...desk.status(), suspended: registry.all().filter(isSuspended).length },
        sandboxes: registry.all().filter(isLiving).length,
        network: deps.network(),
        capacity: deps.capacity(),
        preflight: deps.preflight.status(),
      };
    },
    ...poolHandlers,
    'sandbox.claim': async input => {
      // What a learner has already stays his: only another one would be given away.
      if (input.fresh || !registry.findByAttempt(input.attemptId)) await deps.preflight.assertSafe();
      return poolHandlers['sandbox.claim'](input);
    },
    'host.preflight': () => deps.preflight.rerun(),
    'sandbox.get': ({ sandboxId }) => registry.get(sandboxId).sandbox,
    'sandbox.list': () => registry.all().map(record => record.sandbox),
    'sandbox.end': async ({ sandboxId, reason }) => (await ending.end(sandboxId, reason, 'ended on request')).sandbox,
    'sandbox.ports': ({ sandboxId }) => {
      const target = targetOf(registry.getLiving(sandboxId), deps.cgroups);
      return sandboxPorts(observers.dockerOf(target), target);
    },
    'facts.get': ({ sandboxId, needs }) => suspension.during(sandboxId, () => observers.facts(sandboxId, needs)),
    'facts.watch-processes': ({ sandboxId, forMs }) => {
      observers.watchProcesses(sandboxId, forMs);
      return {};
    },
    'terminal.open': input => suspension.during(input.sandboxId, () => terminals.open(input)),
    'terminal.list': ({ sandboxId }) => terminals.list(sandboxId),
    'terminal.close': async ({ terminalId }) => {
      await terminals.close(terminalId);
      return {};
    },
  };
}

/** The version in the package.json that lies beside the agent. */
function readVersion(): string {
  const text = fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return String(JSON.parse(text).version);
}
