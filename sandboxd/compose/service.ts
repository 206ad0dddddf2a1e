import { showState } from '../metrics/state-gauges.ts';
import { mirrorState } from '../observer/mirror-state.ts';
import { readHostMemory } from '../pool/capacity.ts';
import { createHandlers } from '../rpc/create-handlers.ts';
import { listenAddresses } from '../rpc/listen-addresses.ts';
import { readinessOf } from '../rpc/readiness.ts';
import { createRpcServer } from '../rpc/rpc-server.ts';
import type { Ground } from './ground.ts';
import type { Sandboxes } from './sandboxes.ts';

/** What others see of sandboxd: calls, streams, health, readiness and metrics. Once per process. */
export function composeService(ground: Ground, sandboxes: Sandboxes) {
  const { env, log, isUp, settings, registry, networkFence, maxSandboxes } = ground;
  const { desk, ending, preflight } = sandboxes;

  showState({
    sandboxes: registry.all,
    pool: () => desk.pool.status(),
    memory: () => readHostMemory(),
    maxSandboxes,
    queued: () => desk.queue.all().length,
    engineUp: isUp,
    fenced: () => networkFence.status().fenced,
  });
  return createRpcServer({
    token: env.token,
    port: env.port,
    addresses: listenAddresses(),
    socket: env.socket,
    attachWatch: sandboxes.hub.attach,
    attachTerminal: sandboxes.terminals.attach,
    attachTunnel: sandboxes.tunnels.attach,
    isHealthy: isUp,
    readiness: () =>
      readinessOf({
        engineUp: isUp(),
        labImage: ground.labImage,
        preflight: () => preflight.status().state,
        fenced: () => networkFence.status().fenced,
      }),
    handlers: createHandlers({
      engine: ground.engine,
      cgroups: ground.cgroups,
      registry,
      desk,
      suspension: sandboxes.suspension,
      settings: () => settings().pool,
      ending,
      observers: sandboxes.observers,
      preflight,
      terminals: sandboxes.terminals,
      beforeHandOver: sandboxes.handOverLook.claim,
      network: () => ({ ...networkFence.status(), mirror: mirrorState() }),
      labImage: ground.findLabImage,
      capacity: () => ({ maxSandboxes: maxSandboxes(), memoryFreeBytes: readHostMemory().freeBytes }),
    }),
    log,
  });
}
