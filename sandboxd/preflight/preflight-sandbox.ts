import path from 'node:path';
import type { Logger } from 'pino';
import type { SandboxEngine } from '../engine/sandbox-engine.ts';
import type { SandboxdEnv } from '../env.ts';
import { notReady } from '../pool/not-ready.ts';
import type { SandboxEnding } from '../pool/sandbox-ending.ts';
import { isLiving } from '../pool/sandbox-record.ts';
import type { SandboxRegistry } from '../pool/sandbox-registry.ts';
import type { SandboxStarter } from '../pool/sandbox-starter.ts';
import { createPreflight, type Preflight, type ThrowAway } from './preflight.ts';
import { createPreflightMemory } from './preflight-memory.ts';
import { runAsRoot } from './run-as-root.ts';
import { isThrowAway, preflightOwner } from './throw-away.ts';

/** One that a crash left behind is ended by its lifetime, milliseconds. */
const LIFETIME_MS = 120_000;

interface PreflightParts {
  env: SandboxdEnv;
  engine: SandboxEngine;
  cgroupVersion: string;
  registry: SandboxRegistry;
  starter: SandboxStarter;
  ending: SandboxEnding;
  /** Name of the lab image; throws while there is none. */
  labImage: () => Promise<string>;
  assertUp: () => void;
  log: Logger;
}

/** The preflight of a running sandboxd: tried on a sandbox that is made as learners' are, and ended right after. */
export function createSandboxPreflight(parts: PreflightParts): Preflight {
  const { env, engine, registry, starter, ending, log } = parts;

  /** Rounds follow each other, so whatever is there between two was left by a sandboxd that died in the middle of one. */
  async function endLeftovers(): Promise<void> {
    for (const { sandbox } of registry.all().filter(record => isLiving(record) && isThrowAway(record)))
      await ending.end(sandbox.id, 'finished', 'left over from a preflight');
  }

  async function startThrowAway(): Promise<ThrowAway> {
    const { sandbox, containerId, init } = await starter.start({ egress: false, attemptId: preflightOwner });
    const end = () => ending.end(sandbox.id, 'finished', 'the preflight is over');
    registry.update(sandbox.id, { expiresAt: Date.now() + LIFETIME_MS, idleMs: LIFETIME_MS, activeAt: Date.now() });
    if (!init || containerId === null) {
      await end();
      throw new Error('the throw-away sandbox has no init');
    }
    return { initPid: init.pid, asRoot: script => runAsRoot(containerId, script, env.dockerSocket), end };
  }

  async function subject() {
    const engineVersion = await engine.version();
    if (engineVersion === null) throw notReady.engine();
    await endLeftovers();
    const imageId = await engine.findImageId(await parts.labImage());
    if (imageId === null) throw notReady.labImage();
    return { imageId, engineVersion, cgroupVersion: parts.cgroupVersion };
  }

  return createPreflight({
    memory: createPreflightMemory(path.join(env.stateFolder, 'preflight.json')),
    accepted: env.acceptedUnsafe,
    subject,
    startThrowAway,
    assertUp: parts.assertUp,
    log,
  });
}
