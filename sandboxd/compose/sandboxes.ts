import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { sandboxVolumePath } from '../engine/sandbox-names.ts';
import { createFenceWatch } from '../fences/fence-watch.ts';
import { sandboxAddress } from '../forward/sandbox-address.ts';
import { createTunnels } from '../forward/tunnels.ts';
import { detectFences } from '../host/detect-fences.ts';
import { thawSandbox } from '../host/thaw-sandbox.ts';
import { sandboxesEnded } from '../metrics/metrics.ts';
import { createObservers } from '../observer/observers.ts';
import { createFrontDesk } from '../pool/front-desk.ts';
import { createHandOverLook } from '../pool/hand-over-look.ts';
import { createLifetimes } from '../pool/lifetimes.ts';
import { notReady } from '../pool/not-ready.ts';
import { retireWaiting } from '../pool/retire-waiting.ts';
import { createSandboxEnding } from '../pool/sandbox-ending.ts';
import type { SandboxRecord } from '../pool/sandbox-record.ts';
import { createSandboxStarter } from '../pool/sandbox-starter.ts';
import { createSuspension } from '../pool/suspension.ts';
import { createSandboxPreflight } from '../preflight/preflight-sandbox.ts';
import { isThrowAway } from '../preflight/throw-away.ts';
import { createWatchHub } from '../rpc/watch-hub.ts';
import { choosePtySource } from '../terminal/choose-pty-source.ts';
import { createTerminals } from '../terminal/terminals.ts';
import type { Ground } from './ground.ts';

/** A sandbox's whole life: how it starts, finds its learner, is used, watched, put to sleep, and ends. */
export type Sandboxes = ReturnType<typeof composeSandboxes>;

/** What is named here before it is made is called later only: nothing runs before the agent starts. */
export function composeSandboxes(ground: Ground) {
  const { env, log, docker, engine, cgroups, settings, registry, labImage, networkFence } = ground;

  const assertUp = () => {
    // Up means fenced: no sandbox starts before that.
    if (!ground.isUp()) throw notReady.engine();
    networkFence.assertHolds();
  };
  const assertHost = () => {
    assertUp();
    preflight.assertNotRefused();
  };
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
  const hub = createWatchHub({
    living: () => ground.living().flatMap(record => (isThrowAway(record) ? [] : [record.sandbox])),
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
      attemptOf: id => registry.find(id)?.sandbox.attemptId ?? null,
      active,
      outputBudget: id => {
        const { terminalBytesPerSecond, terminalBurstBytes } = registry.getLiving(id).limits ?? settings().limits;
        return { bytesPerSecond: terminalBytesPerSecond, burstBytes: terminalBurstBytes };
      },
      outputHeld: (id, bytesPerSecond) => fences.terminalHeld(id, bytesPerSecond),
    },
  });
  /** A waiting sandbox has a shell already when somebody claims it. */
  function prepareShell(id: string): void {
    terminals.prepare(id).catch(err => log.warn({ sandbox: id, err }, 'no shell ahead of time'));
  }
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
    rootUid: env.rootUid,
    tell: ({ sandboxId, ...acted }) => {
      hub.send({ type: 'fence', sandboxId, ...acted });
      registry.update(sandboxId, { acted });
    },
    endMaker: (id, detail) => {
      ending.end(id, 'cgroups', detail).catch(err => log.error({ sandbox: id, err }, 'a maker of cgroups stays'));
    },
    log,
  });
  const desk = createFrontDesk({
    registry,
    starter,
    ending,
    settings: () => settings().pool,
    stateFolder: env.stateFolder,
    assertHost,
    assertPassed: () => preflight.assertPassed(),
    room: ground.room,
    wake: suspension.wake,
    onClaimed: ({ sandbox }) => {
      observers.follow(sandbox.id);
      suspension.seen(sandbox.id);
    },
    onWarm: ({ sandbox }) => prepareShell(sandbox.id),
    send: message => hub.send(message),
    log,
  });
  const handOverLook = createHandOverLook({
    fence: networkFence,
    registry,
    waiting: () => desk.pool.waiting(),
    ending,
    log,
  });
  const cgroupVersion = cgroups.version;
  const preflight = createSandboxPreflight({
    env,
    engine,
    cgroupVersion,
    registry,
    starter,
    ending,
    labImage,
    assertUp,
    log,
  });
  const lifetimes = createLifetimes({ registry, ending, log });

  /** Those of an older lab image or of other limits make room for new ones; what a learner has stays as it is. */
  async function retireOutdated(): Promise<void> {
    const imageId = await engine.findImageId(await labImage());
    const { limits } = settings();
    const isOutdated = (record: SandboxRecord) =>
      record.imageId !== imageId || !isDeepStrictEqual(record.limits, limits);
    await retireWaiting({ waiting: desk.pool.waiting, isOutdated, ending });
  }
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
    suspension,
    hub,
    observers,
    terminals,
    prepareShell,
    tunnels,
    ending,
    starter,
    fences,
    desk,
    handOverLook,
    preflight,
    lifetimes,
    retireOutdated,
  };
}
