import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { CodedError } from '#domain/protocol/errors.ts';
import type { Limits } from '#domain/protocol/limits.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import type { SandboxEngine } from '../engine/sandbox-engine.ts';
import type { Cgroups } from '../host/cgroups.ts';
import type { GenuineExecutables } from '../host/executable-identity.ts';
import { startTicksOf } from '../host/read-process.ts';
import { sandboxStartFailures } from '../metrics/metrics.ts';
import { createStartTimer, type StartTimer } from '../metrics/start-phases.ts';
import { recordGenuine } from '../observer/record-genuine.ts';
import { targetOf } from '../observer/sandbox-target.ts';
import type { FencedSandbox } from './network-fence.ts';
import { poolLimits } from './pool-limits.ts';
import type { SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';

export interface SandboxStarterOptions {
  engine: SandboxEngine;
  cgroups: Cgroups;
  registry: SandboxRegistry;
  /** Name of the lab image; throws when there is none yet. */
  labImage: () => Promise<string>;
  /** Puts the network fence around what lives now. */
  fence: () => Promise<void>;
  /** Looks at that fence from inside. Throws `network-unfenced`. */
  verifyFence: (sandbox: FencedSandbox) => Promise<void>;
  innerDocker: (target: ReturnType<typeof targetOf>) => EngineClient;
  rootUid: number;
  /** What a sandbox that starts now may use. */
  limits: () => Limits;
  log: Logger;
}

/** Starts one sandbox to the point where its dockerd answers. Leaves nothing behind when that fails. */
export interface SandboxStarter {
  /** Throws `sandbox-start-failed`. With `attemptId` it is somebody’s from the beginning, and never of the pool. */
  start(options: { egress: boolean; attemptId?: string }): Promise<SandboxRecord>;
  /** Gives a running sandbox its cgroups; again after each start of its container. */
  delegate(containerId: string): Promise<void>;
  /** Whether this process is starting it right now. */
  isStarting(sandboxId: string): boolean;
}

export function createSandboxStarter(options: SandboxStarterOptions): SandboxStarter {
  const { engine, cgroups, registry, log } = options;
  const starting = new Set<string>();

  async function delegate(containerId: string): Promise<void> {
    const own = registry.all().find(record => record.containerId === containerId)?.limits ?? options.limits();
    for (let attempt = 1; ; attempt++) {
      try {
        return cgroups.delegate(containerId, options.rootUid, own);
      } catch (error) {
        if (attempt === poolLimits.delegateTries) throw error;
        await pause(poolLimits.startPollMs);
      }
    }
  }

  async function bringUp(
    id: string,
    image: string,
    egress: boolean,
    limits: Limits,
    timer: StartTimer,
  ): Promise<SandboxRecord> {
    const { containerId } = await engine.create({ id, image, egress, limits, rootUid: options.rootUid });
    registry.put({ ...registry.get(id), containerId });
    timer.done('create');
    // The fence stands for all sandboxes since the engine came up; only a way out has to be added.
    if (egress) await options.fence();
    await engine.start(containerId);
    await delegate(containerId);
    const found = await engine.find(containerId);
    const startTicks = found?.pid ? startTicksOf(found.pid) : null;
    if (!found?.pid || startTicks === null) throw new Error('its init ended at once');
    const init = { pid: found.pid, startTicks };
    registry.put({ ...registry.get(id), init, imageId: found.imageId });
    timer.done('run');
    // Both at once: dockerd takes longer than the look at the fence.
    await Promise.all([answers(id, init), options.verifyFence({ id, egress, init })]);
    timer.done('answer');
    const alive = registry.get(id);
    if (alive.sandbox.state !== 'warming') throw new Error(`it was ended while it started`);
    return registry.update(id, { state: 'ready' });
  }

  /**
   * Waits for its dockerd. What "genuine" will mean is recorded meanwhile, before anybody else can write there, and
   * again until dockerd answers: the entrypoint changes the root early on, and with it the identity of every file.
   */
  async function answers(id: string, init: { pid: number; startTicks: number }): Promise<void> {
    const deadline = Date.now() + poolLimits.startTimeoutMs;
    for (;;) {
      if (startTicksOf(init.pid) !== init.startTicks) throw new Error('its init ended while it started');
      const genuine: GenuineExecutables = recordGenuine(init);
      let record = registry.get(id);
      if (!isDeepStrictEqual(genuine, record.genuine)) record = registry.put({ ...record, genuine });
      if (await options.innerDocker(targetOf(record, cgroups)).ping(500)) return;
      if (Date.now() > deadline) throw new Error(`its dockerd did not answer within ${poolLimits.startTimeoutMs} ms`);
      await pause(poolLimits.startPollMs);
    }
  }

  return {
    delegate,
    isStarting: id => starting.has(id),
    async start({ egress, attemptId = null }) {
      const id = randomBytes(6).toString('hex');
      const began = Date.now();
      const timer = createStartTimer();
      starting.add(id);
      try {
        const limits = options.limits();
        registry.put(newRecord(id, egress, began, limits, attemptId));
        const image = await options.labImage();
        const started = await bringUp(id, image, egress, limits, timer);
        const { all: ms, ...phases } = timer.finish();
        log.info({ sandbox: id, ms, phases, egress }, 'sandbox answers');
        return started;
      } catch (cause) {
        sandboxStartFailures.inc();
        log.error({ sandbox: id, ms: Date.now() - began, err: cause }, 'sandbox did not start');
        registry.forget(id);
        await engine.remove(id).catch(error => log.warn({ sandbox: id, err: error }, 'leftovers stay for the reaper'));
        throw cause instanceof CodedError
          ? cause
          : new CodedError('sandbox-start-failed', `sandbox ${id}: ${(cause as Error).message}`, { cause });
      } finally {
        starting.delete(id);
      }
    },
  };
}

function newRecord(
  id: string,
  egress: boolean,
  createdAt: number,
  limits: Limits,
  attemptId: string | null,
): SandboxRecord {
  const { memoryBytes, cpus, pids, diskBytes, inodes } = limits;
  return {
    sandbox: {
      id,
      attemptId,
      image: 'engine',
      egress,
      state: 'warming',
      createdAt,
      claimedAt: null,
      expiresAt: null,
      activeAt: null,
      idleMs: 0,
      suspendedAt: null,
      limits: { memoryBytes, cpus, pids, diskBytes, inodes },
      ended: null,
    },
    ownerId: null,
    containerId: null,
    init: null,
    imageId: '',
    genuine: {},
    limits,
  };
}
