import type { Logger } from 'pino';
import { composeGround } from './compose/ground.ts';
import { composeSandboxes } from './compose/sandboxes.ts';
import { composeService } from './compose/service.ts';
import type { SandboxdEnv } from './env.ts';
import { serialized } from './host/serialized.ts';
import { thawSandbox } from './host/thaw-sandbox.ts';
import { createAdoption } from './pool/adoption.ts';
import { createEngineWatch } from './pool/engine-watch.ts';
import { poolLimits } from './pool/pool-limits.ts';
import { reconcile } from './pool/reconcile.ts';
import { onSandboxEvent } from './pool/sandbox-events.ts';
import { createUpkeep } from './pool/upkeep.ts';

/** Puts sandboxd together, out of the three parts in `compose`; here is what keeps them going, and in which order. */
export function createAgent(env: SandboxdEnv & { rootUid: number }, log: Logger) {
  const ground = composeGround({ env, isUp: () => watch.up, log });
  const { engine, cgroups, registry, networkFence } = ground;
  const sandboxes = composeSandboxes(ground);
  const { suspension, hub, observers, terminals, tunnels, ending, starter, fences, desk, preflight, lifetimes } =
    sandboxes;
  const server = composeService(ground, sandboxes);

  const adopt = createAdoption({
    registry,
    ending,
    wake: suspension.wake,
    delegate: starter.delegate,
    follow: observers.follow,
    prepareShell: sandboxes.prepareShell,
  });
  const bringTogether = serialized(() =>
    reconcile({
      engine,
      registry,
      ending,
      log,
      isStarting: starter.isStarting,
      thaw: containerId => thawSandbox(cgroups, containerId, 'all'),
      adopt,
    }),
  );
  const watch = createEngineWatch({
    engine,
    log,
    onEvent: event => onSandboxEvent(event, { engine, registry, ending, starter, fences, log }),
    onUp: async () => {
      await networkFence.renew();
      await bringTogether();
      await sandboxes.handOverLook.all();
      // What it runs on may be another engine, with other settings.
      void preflight.ensure();
    },
  });
  const keep = createUpkeep({
    everyMs: poolLimits.upkeepMs,
    log,
    run: async () => {
      if (!watch.up) return;
      // Beside the rest: a claim waits for its verdict, the pool need not.
      void preflight.ensure();
      await bringTogether();
      await sandboxes.retireOutdated();
      await desk.shrink();
      desk.pool.fill();
    },
  });
  const sweep = createUpkeep({
    everyMs: poolLimits.sweepMs,
    log,
    run: async () => {
      desk.sweep();
      suspension.sweep();
    },
  });

  return {
    async start(): Promise<void> {
      await server.start();
      watch.start();
      lifetimes.start();
      fences.start();
      networkFence.start();
      keep.start();
      sweep.start();
    },
    /** Leaves sandboxes running: the next sandboxd adopts them. */
    async stop(): Promise<void> {
      keep.stop();
      lifetimes.stop();
      fences.stop();
      networkFence.stop();
      sweep.stop();
      // Nobody could wake them meanwhile, and a frozen one cannot be killed on cgroup version 1.
      suspension.wakeAll();
      desk.stop();
      watch.stop();
      hub.stop();
      observers.stop();
      tunnels.stop();
      await terminals.stop();
      await server.stop();
    },
  };
}
