import fs from 'node:fs';
import os from 'node:os';
import type { SandboxEngine } from '../engine/sandbox-engine.ts';
import type { Cgroups } from '../host/cgroups.ts';
import type { Observers } from '../observer/observers.ts';
import type { Claims } from '../pool/claims.ts';
import type { SandboxEnding } from '../pool/sandbox-ending.ts';
import { isLiving } from '../pool/sandbox-record.ts';
import type { SandboxRegistry } from '../pool/sandbox-registry.ts';
import type { WarmPool } from '../pool/warm-pool.ts';
import type { Terminals } from '../terminal/terminals-port.ts';
import type { RpcHandlers } from './rpc-handlers.ts';

export interface HandlerDeps {
  engine: SandboxEngine;
  cgroups: Cgroups;
  registry: SandboxRegistry;
  pool: WarmPool;
  claims: Claims;
  ending: SandboxEnding;
  observers: Observers;
  terminals: Terminals;
  labImage: () => Promise<string | null>;
  capacity: () => { maxSandboxes: number; memoryFreeBytes: number };
  now?: () => number;
}

/** What each method does; all of it is done elsewhere. */
export function createHandlers(deps: HandlerDeps): RpcHandlers {
  const { engine, registry, claims, ending, observers, terminals, now = Date.now } = deps;
  const startedAt = now();
  const version = readVersion();

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
        pool: deps.pool.status(),
        sandboxes: registry.all().filter(isLiving).length,
        capacity: deps.capacity(),
      };
    },
    'sandbox.claim': input => claims.claim(input),
    'sandbox.get': ({ sandboxId }) => registry.get(sandboxId).sandbox,
    'sandbox.list': () => registry.all().map(record => record.sandbox),
    'sandbox.extend': ({ sandboxId, ttlMs }) => {
      registry.getLiving(sandboxId);
      return registry.update(sandboxId, { expiresAt: now() + ttlMs, activeAt: now() }).sandbox;
    },
    'sandbox.touch': ({ sandboxId }) => {
      const record = registry.getLiving(sandboxId);
      registry.touch(sandboxId);
      return record.sandbox;
    },
    'sandbox.end': async ({ sandboxId, reason }) => (await ending.end(sandboxId, reason, 'ended on request')).sandbox,
    'facts.get': ({ sandboxId, needs }) => observers.facts(sandboxId, needs),
    'facts.watch-processes': ({ sandboxId, forMs }) => {
      observers.watchProcesses(sandboxId, forMs);
      return {};
    },
    'terminal.open': input => terminals.open(input),
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
