import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { CodedError } from '#domain/protocol/errors.ts';
import type { HostStatus } from '#domain/protocol/rpc.ts';
import { bridgeName } from '../engine/sandbox-names.ts';
import { applyFence, findFenceDrift } from '../host/iptables.ts';
import { ensureGround, quietBridge } from '../host/network-ground.ts';
import type { PinnedProcess } from '../host/pinned-process.ts';
import { type FenceView, probeNetwork } from '../host/probe-network.ts';
import { serialized } from '../host/serialized.ts';
import { fenceLooks, fenceRestored } from '../metrics/network-metrics.ts';
import { createUpkeep } from './upkeep.ts';

/** How often the rules that stand are compared with those that should. Costs two short programs, 5 ms of a processor. */
const CHECK_MS = 5_000;
/** Between two looks that must agree before the rules are taken for changed. */
const SECOND_LOOK_MS = 200;
/** After a sandbox saw through the fence: no other is started or handed out for this long, then the next start looks again. */
const CLOSED_MS = 10_000;

export interface FencedSandbox {
  id: string;
  egress: boolean;
  init: PinnedProcess;
}

/** The network fence around all sandboxes: put up, watched, and looked at from inside before a sandbox is handed over. */
export interface NetworkFence {
  /** Puts it in place for what lives now. Throws when it cannot; then it does not hold. */
  renew(): Promise<void>;
  /** Compares, restores and says so. Never throws. */
  check(): Promise<void>;
  /** Looks from inside a sandbox that no learner had yet. Throws `network-unfenced` when it must not be handed over. */
  verify(sandbox: FencedSandbox): Promise<void>;
  /** Throws `network-unfenced` while it is known not to hold. */
  assertHolds(): void;
  status(): Omit<HostStatus['network'], 'mirror'>;
  start(): void;
  stop(): void;
}

export function createNetworkFence(options: {
  /** Ids of the living sandboxes that may go out. */
  withEgress: () => string[];
  /** Where sandboxd listens: a port, and addresses that are not loopback. */
  port: number;
  addresses: readonly string[];
  /** Whether there is anything to watch yet: the engine makes chains that ours are called from. */
  isUp: () => boolean;
  log: Logger;
  host?: {
    ground: () => Promise<void>;
    apply: (withEgress: string[]) => Promise<void>;
    drift: (withEgress: string[]) => Promise<string | null>;
    probe: typeof probeNetwork;
    quietBridge: (bridge: string) => Promise<void>;
  };
  now?: () => number;
}): NetworkFence {
  const { withEgress, log, now = Date.now } = options;
  const host = options.host ?? {
    ground: ensureGround,
    apply: applyFence,
    drift: findFenceDrift,
    probe: probeNetwork,
    quietBridge,
  };
  /** Why the rules cannot be trusted: they could not be put up or read. */
  let broken: string | null = null;
  /** Why a sandbox saw through them, and until when that counts. */
  let seen: { detail: string; until: number } | null = null;
  let restored = 0;
  /** Whose way out the rules have that were put up last. */
  let applied: string[] = [];

  const problem = () => broken ?? (seen && now() < seen.until ? seen.detail : null);

  const renew = serialized(async () => {
    try {
      await host.ground();
      const ids = withEgress();
      await host.apply(ids);
      applied = ids;
      broken = null;
    } catch (error) {
      broken = `the rules cannot be put up: ${(error as Error).message}`;
      throw error;
    }
  });

  const check = serialized(async () => {
    const held = broken === null;
    try {
      await host.ground();
      // Docker moves its rules while it makes a network: what is wrong for a moment only is not.
      const drift = (await host.drift(applied)) && (await secondLook());
      if (drift === null) {
        if (broken !== null) log.info('the network fence stands again');
        broken = null;
        // One that ended and whose way out could not be closed then.
        if (applied.join() !== withEgress().join()) await renew();
        return;
      }
      await renew();
      if (!held) log.info('the network fence stands again');
      restored++;
      fenceRestored.inc();
      log.warn({ drift }, 'somebody changed the network fence; it was put up again');
    } catch (error) {
      broken ??= `the rules cannot be read: ${(error as Error).message}`;
      if (held) log.error({ err: error }, 'the network fence does not hold; no sandbox is handed out');
    }
  });

  async function secondLook(): Promise<string | null> {
    await pause(SECOND_LOOK_MS);
    return host.drift(applied);
  }

  async function look(sandbox: FencedSandbox): Promise<FenceView> {
    const gateway = os.networkInterfaces()[bridgeName(sandbox.id)]?.find(info => info.family === 'IPv4')?.address;
    await host.quietBridge(bridgeName(sandbox.id));
    const own = [...(gateway ? [gateway] : []), ...options.addresses];
    return host.probe(sandbox.init, { own, port: options.port, egress: sandbox.egress });
  }

  async function verify(sandbox: FencedSandbox): Promise<void> {
    const began = now();
    const view = await look(sandbox).catch((cause): FenceView => {
      log.warn({ sandbox: sandbox.id, err: cause }, 'the fence could not be looked at from inside');
      return { fenced: false, why: 'dead', detail: (cause as Error).message };
    });
    log.debug({ sandbox: sandbox.id, ms: now() - began, fenced: view.fenced }, 'looked at the fence from inside');
    fenceLooks.inc({ outcome: view.fenced ? 'fenced' : view.why });
    if (view.fenced) {
      seen = null;
      return;
    }
    if (view.why === 'open') {
      seen = { detail: view.detail, until: now() + CLOSED_MS };
      check();
    }
    log.error({ sandbox: sandbox.id, why: view.why, detail: view.detail }, 'not fenced: it is not handed out');
    throw new CodedError('network-unfenced', `sandbox ${sandbox.id}: ${view.detail}`);
  }

  const watch = createUpkeep({ everyMs: CHECK_MS, log, run: async () => (options.isUp() ? check() : undefined) });
  return {
    renew,
    check,
    verify,
    assertHolds() {
      const why = problem();
      if (why !== null) throw new CodedError('network-unfenced', why);
    },
    status: () => ({ fenced: problem() === null, problem: problem(), restored }),
    start: watch.start,
    stop: watch.stop,
  };
}
