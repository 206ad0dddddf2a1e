import path from 'node:path';
import type { Logger } from 'pino';
import { createDockerSandboxEngine } from '../engine/docker-sandbox-engine.ts';
import { engineBounds } from '../engine/engine-bounds.ts';
import { createEngineClient } from '../engine/engine-client.ts';
import { connectUnix } from '../engine/unix-connect.ts';
import type { SandboxdEnv } from '../env.ts';
import { detectCgroups } from '../host/detect-cgroups.ts';
import { maxSandboxesFor, readHostMemory, roomFor } from '../pool/capacity.ts';
import { readLabImage } from '../pool/lab-image.ts';
import { createNetworkFence } from '../pool/network-fence.ts';
import { notReady } from '../pool/not-ready.ts';
import { isLiving } from '../pool/sandbox-record.ts';
import { createSandboxRegistry } from '../pool/sandbox-registry.ts';
import { createSandboxStore } from '../pool/sandbox-store.ts';
import { listenAddresses } from '../rpc/listen-addresses.ts';
import { createSettingsFile } from '../settings/settings-file.ts';

/** What all the rest stands on: the engine, the kernel's means, what is remembered, the room there is, the network fence. */
export type Ground = ReturnType<typeof composeGround>;

export function composeGround(options: {
  env: SandboxdEnv & { rootUid: number };
  /** Whether the engine answers and is fenced. */
  isUp: () => boolean;
  log: Logger;
}) {
  const { env, isUp, log } = options;
  const docker = createEngineClient({ connect: () => connectUnix(env.dockerSocket), bounds: engineBounds });
  const engine = createDockerSandboxEngine(docker);
  const cgroups = detectCgroups();
  const settings = createSettingsFile(path.join(env.stateFolder, 'settings.json'), log);
  const registry = createSandboxRegistry({
    store: createSandboxStore(path.join(env.stateFolder, 'sandboxes')),
    onBroken: (file, err) => log.error({ file, err }, 'record cannot be read; its sandbox is removed'),
    onUnsaved: (sandbox, err) => log.error({ sandbox, err }, 'record cannot be written: see whether the disk is full'),
  });
  const living = () => registry.all().filter(isLiving);

  const memory = readHostMemory();
  const maxSandboxes = () => settings().pool.maxSandboxes ?? maxSandboxesFor(memory.totalBytes);
  const room = () =>
    roomFor({ living: living().length, maxSandboxes: maxSandboxes(), freeBytes: readHostMemory().freeBytes });

  /** Null while none is loaded. */
  const findLabImage = () => readLabImage(path.join(env.stateFolder, 'engine-image'), engine);
  const labImage = async () => {
    const image = await findLabImage();
    if (image === null) throw notReady.labImage();
    return image;
  };
  const networkFence = createNetworkFence({
    withEgress: () => living().flatMap(({ sandbox }) => (sandbox.egress ? [sandbox.id] : [])),
    port: env.port,
    addresses: listenAddresses().filter(address => address !== '127.0.0.1'),
    isUp,
    log,
  });

  return {
    env,
    log,
    isUp,
    docker,
    engine,
    cgroups,
    settings,
    registry,
    living,
    maxSandboxes,
    room,
    findLabImage,
    labImage,
    networkFence,
  };
}
