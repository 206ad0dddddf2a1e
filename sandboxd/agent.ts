import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { CodedError } from '#domain/protocol/errors.ts';
import { createDockerSandboxEngine } from './engine/docker-sandbox-engine.ts';
import { engineBounds } from './engine/engine-bounds.ts';
import { createEngineClient } from './engine/engine-client.ts';
import { sandboxVolumePath } from './engine/sandbox-names.ts';
import { connectUnix } from './engine/unix-connect.ts';
import type { SandboxdEnv } from './env.ts';
import { createFenceWatch } from './fences/fence-watch.ts';
import { sandboxAddress } from './forward/sandbox-address.ts';
import { createTunnels } from './forward/tunnels.ts';
import { detectCgroups } from './host/detect-cgroups.ts';
import { detectFences } from './host/detect-fences.ts';
import { serialized } from './host/serialized.ts';
import { thawSandbox } from './host/thaw-sandbox.ts';
import { sandboxesEnded } from './metrics/metrics.ts';
import { showState } from './metrics/state-gauges.ts';
import { mirrorState } from './observer/mirror-state.ts';
import { createObservers } from './observer/observers.ts';
import { maxSandboxesFor, readHostMemory, roomFor } from './pool/capacity.ts';
import { createEngineWatch } from './pool/engine-watch.ts';
import { createFrontDesk } from './pool/front-desk.ts';
import { createHandOverLook } from './pool/hand-over-look.ts';
import { readLabImage } from './pool/lab-image.ts';
import { createLifetimes } from './pool/lifetimes.ts';
import { createNetworkFence } from './pool/network-fence.ts';
import { poolLimits } from './pool/pool-limits.ts';
import { reconcile } from './pool/reconcile.ts';
import { retireWaiting } from './pool/retire-waiting.ts';
import { createSandboxEnding } from './pool/sandbox-ending.ts';
import { onSandboxEvent } from './pool/sandbox-events.ts';
import { isLiving, type SandboxRecord } from './pool/sandbox-record.ts';
import { createSandboxRegistry } from './pool/sandbox-registry.ts';
import { createSandboxStarter } from './pool/sandbox-starter.ts';
import { createSandboxStore } from './pool/sandbox-store.ts';
import { createSuspension } from './pool/suspension.ts';
import { createUpkeep } from './pool/upkeep.ts';
import { createSandboxPreflight, isThrowAway } from './preflight/preflight-sandbox.ts';
import { createHandlers } from './rpc/create-handlers.ts';
import { listenAddresses } from './rpc/listen-addresses.ts';
import { readinessOf } from './rpc/readiness.ts';
import { createRpcServer } from './rpc/rpc-server.ts';
import { createWatchHub } from './rpc/watch-hub.ts';
import { createSettingsFile } from './settings/settings-file.ts';
import { choosePtySource } from './terminal/choose-pty-source.ts';
import { createTerminals } from './terminal/terminals.ts';

/** Puts sandboxd together. The only place that constructs things. */
export function createAgent(env: SandboxdEnv & { rootUid: number }, log: Logger) {
  const docker = createEngineClient({ connect: () => connectUnix(env.dockerSocket), bounds: engineBounds });
  const engine = createDockerSandboxEngine(docker);
  const cgroups = detectCgroups();
  const settings = createSettingsFile(path.join(env.stateFolder, 'settings.json'), log);
  const store = createSandboxStore(path.join(env.stateFolder, 'sandboxes'));
  const registry = createSandboxRegistry({
    store,
    onBroken: (file, err) => log.error({ file, err }, 'record cannot be read; its sandbox is removed'),
  });
  const memory = readHostMemory();
  const maxSandboxes = () => settings().pool.maxSandboxes ?? maxSandboxesFor(memory.totalBytes);
  const living = () => registry.all().filter(isLiving);
  const assertHost = () => {
    // Up means fenced: no sandbox starts before that.
    if (!watch.up) throw new CodedError('sandbox-start-failed', 'the engine does not answer, or is not fenced yet');
    networkFence.assertHolds();
    preflight.assertNotRefused();
  };
  const room = () =>
    roomFor({ living: living().length, maxSandboxes: maxSandboxes(), freeBytes: readHostMemory().freeBytes });
  const suspension = createSuspension({
    registry,
    cgroups,
    // A frozen process of cgroup version 1 cannot be killed: a sandbox host that dies would hang (decision 152).
    afterMs: () => (settings().pool.suspendAfterMinutes ?? (cgroups.version === '2' ? 3 : 0)) * 60_000,
    log,
  });
  /** The learner does something: it is not idle, and awake from now on. */
  const active = (id: string) => {
    registry.touch(id);
    suspension.seen(id);
  };
  const networkFence = createNetworkFence({
    withEgress: () => living().flatMap(({ sandbox }) => (sandbox.egress ? [sandbox.id] : [])),
    port: env.port,
    addresses: listenAddresses().filter(address => address !== '127.0.0.1'),
    isUp: () => watch.up,
    log,
  });
  const labImage = async () => {
    const image = await readLabImage(path.join(env.stateFolder, 'engine-image'), engine);
    if (image === null) throw new CodedError('sandbox-start-failed', 'the lab image is not loaded yet');
    return image;
  };

  const hub = createWatchHub({
    living: () => living().flatMap(record => (isThrowAway(record) ? [] : [record.sandbox])),
    also: () => desk.news(),
  });
  const observers = createObservers({
    registry,
    cgroups,
    folder: path.join(env.stateFolder, 'journals'),
    onChanged: message => hub.send(message),
    log,
  });
  const terminals = createTerminals({
    source: choosePtySource(),
    log,
    access: {
      get: id => ({ id, containerId: registry.getLiving(id).containerId ?? '' }),
      thaw: async id => {
        const containerId = registry.getLiving(id).containerId;
        suspension.seen(id);
        if (containerId) thawSandbox(cgroups, containerId, 'own');
      },
      active,
      outputBudget: id => {
        const { terminalBytesPerSecond, terminalBurstBytes } = registry.getLiving(id).limits ?? settings().limits;
        return { bytesPerSecond: terminalBytesPerSecond, burstBytes: terminalBurstBytes };
      },
      outputHeld: (id, bytesPerSecond) => fences.terminalHeld(id, bytesPerSecond),
    },
  });
  const tunnels = createTunnels({ registry, active, addressOf: record => sandboxAddress(docker, record), log });
  const ending = createSandboxEnding({
    engine,
    registry,
    endTerminals: async id => {
      suspension.wake(id);
      tunnels.endAll(id);
      observers.release(id);
      await terminals.endAll(id);
    },
    thaw: id => {
      const containerId = registry.find(id)?.containerId;
      if (containerId) thawSandbox(cgroups, containerId, 'all');
    },
    onGone: id => observers.forget(id),
    log,
  });
  const starter = createSandboxStarter({
    engine,
    cgroups,
    registry,
    labImage,
    fence: networkFence.renew,
    verifyFence: networkFence.verify,
    innerDocker: observers.dockerOf,
    rootUid: env.rootUid,
    limits: () => settings().limits,
    log,
  });
  const fences = createFenceWatch({
    sandboxes: () => registry.all().filter(({ sandbox }) => sandbox.state === 'ready' && sandbox.attemptId !== null),
    cgroups,
    ...detectFences(cgroups.version),
    volumeOf: id => sandboxVolumePath(id, env.rootUid),
    tell: ({ sandboxId, ...acted }) => {
      hub.send({ type: 'fence', sandboxId, ...acted });
      registry.update(sandboxId, { acted });
    },
    endMaker: (id, detail) => {
      ending.end(id, 'cgroups', detail).catch(err => log.error({ sandbox: id, err }, 'a maker of cgroups stays'));
    },
    log,
  });
  /** A waiting sandbox is watched and has a shell already when somebody claims it. */
  function makeReady(id: string): void {
    observers.follow(id);
    terminals.prepare(id).catch(err => log.warn({ sandbox: id, err }, 'no shell ahead of time'));
  }
  /** Those of an older lab image or of other limits make room for new ones; what a learner has stays as it is. */
  async function retireOutdated(): Promise<void> {
    const imageId = await engine.findImageId(await labImage());
    const { limits } = settings();
    const isOutdated = (record: SandboxRecord) =>
      record.imageId !== imageId || !isDeepStrictEqual(record.limits, limits);
    await retireWaiting({ waiting: desk.pool.waiting, isOutdated, ending });
  }
  const desk = createFrontDesk({
    registry,
    starter,
    ending,
    settings: () => settings().pool,
    stateFolder: env.stateFolder,
    assertHost,
    assertPassed: () => preflight.assertPassed(),
    room,
    wake: suspension.wake,
    onClaimed: ({ sandbox }) => {
      observers.follow(sandbox.id);
      suspension.seen(sandbox.id);
    },
    onWarm: ({ sandbox }) => {
      terminals.prepare(sandbox.id).catch(err => log.warn({ sandbox: sandbox.id, err }, 'no shell ahead'));
    },
    send: message => hub.send(message),
    log,
  });
  const sweep = createUpkeep({
    everyMs: poolLimits.sweepMs,
    log,
    run: async () => {
      desk.sweep();
      suspension.sweep();
    },
  });
  const cgroupVersion = cgroups.version;
  const preflight = createSandboxPreflight({ env, engine, cgroupVersion, registry, starter, ending, labImage, log });
  const lifetimes = createLifetimes({ registry, ending, log });
  const watch = createEngineWatch({
    engine,
    log,
    onEvent: event => onSandboxEvent(event, { engine, registry, ending, starter, fences, log }),
    onUp: async () => {
      await networkFence.renew();
      await bringTogether();
      // What it runs on may be another engine, with other settings.
      void preflight.ensure();
    },
  });
  /** Sandboxes of a sandboxd before this one, not yet taken over. */
  const inherited = new Set(registry.all().map(record => record.sandbox.id));
  const bringTogether = serialized(() =>
    reconcile({
      engine,
      registry,
      ending,
      log,
      isStarting: starter.isStarting,
      thaw: containerId => thawSandbox(cgroups, containerId, 'all'),
      adopt: async record => {
        const { id, attemptId } = record.sandbox;
        if (!inherited.delete(id)) return false;
        // What slept wakes: it must answer to be taken over.
        suspension.wake(id);
        await starter.delegate(record.containerId ?? '');
        // Shells of the sandboxd before this one ended with it; a learner may have opened the next one already.
        if (attemptId === null) makeReady(id);
        else observers.follow(id);
        return true;
      },
    }),
  );
  const keep = createUpkeep({
    everyMs: poolLimits.upkeepMs,
    log,
    run: async () => {
      if (!watch.up) return;
      // Beside the rest: a claim waits for its verdict, the pool need not.
      void preflight.ensure();
      await bringTogether();
      await retireOutdated();
      await desk.shrink();
      desk.pool.fill();
    },
  });
  const server = createRpcServer({
    token: env.token,
    port: env.port,
    addresses: listenAddresses(),
    attachWatch: hub.attach,
    attachTerminal: terminals.attach,
    attachTunnel: tunnels.attach,
    isHealthy: () => watch.up,
    readiness: () =>
      readinessOf({
        engineUp: watch.up,
        labImage,
        preflight: () => preflight.status().state,
        fenced: () => networkFence.status().fenced,
      }),
    handlers: createHandlers({
      engine,
      cgroups,
      registry,
      desk,
      suspension,
      settings: () => settings().pool,
      ending,
      observers,
      preflight,
      terminals,
      beforeHandOver: createHandOverLook({
        fence: networkFence,
        registry,
        waiting: () => desk.pool.waiting(),
        ending,
        log,
      }),
      network: () => ({ ...networkFence.status(), mirror: mirrorState() }),
      labImage: () => readLabImage(path.join(env.stateFolder, 'engine-image'), engine),
      capacity: () => ({ maxSandboxes: maxSandboxes(), memoryFreeBytes: readHostMemory().freeBytes }),
    }),
    log,
  });
  showState({
    sandboxes: registry.all,
    pool: () => desk.pool.status(),
    memory: () => readHostMemory(),
    maxSandboxes,
    engineUp: () => watch.up,
  });
  registry.onChange(record => {
    if (!isThrowAway(record) && (record.sandbox.attemptId !== null || record.sandbox.state !== 'warming'))
      hub.send({ type: 'sandbox', sandbox: record.sandbox });
    if (record.sandbox.state !== 'ended') return;
    sandboxesEnded.inc({ reason: record.sandbox.ended?.reason ?? 'crashed' });
    desk.admission.serve();
    desk.pool.fill();
    // Its way out goes with it.
    if (record.sandbox.egress) networkFence.renew().catch(err => log.warn({ err }, 'the fence could not be renewed'));
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
