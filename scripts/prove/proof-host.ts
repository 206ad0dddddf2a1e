import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureImages } from '#scripts/setup/images/ensure-images.ts';
import { defaultHostLimits } from '#scripts/setup/images/host-limits.ts';
import { loadEngine } from '#scripts/setup/images/load-engine.ts';
import type { Reporter } from '#scripts/setup/images/reporter.ts';
import { removeSandboxHost, startSandboxHost } from '#scripts/setup/images/sandbox-host.ts';
import { createSandboxdClient, type SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';

const answersWithinMs = 30_000;

export interface ProofHost {
  sandboxd: SandboxdClient;
  release(): Promise<void>;
}

async function untilReady(sandboxd: SandboxdClient): Promise<void> {
  const deadline = Date.now() + answersWithinMs;
  for (;;) {
    try {
      const { engine, labImage } = await sandboxd.call('host.status', {});
      if (engine.up && labImage) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline) throw new Error('sandboxd answers, but its engine or the lab image is not there');
    await sleep(200);
  }
}

/** A sandbox host of the prover's own, with a token that nobody else has. */
export async function startProofHost(instance: string, keep: boolean, report: Reporter): Promise<ProofHost> {
  const images = await ensureImages({ report });
  const token = randomBytes(32).toString('base64url');
  const limits = await defaultHostLimits();
  const { url } = await report.step('Start a sandbox host for the proofs', () =>
    startSandboxHost({ instance, image: images.sandboxHost, token, limits }),
  );
  await loadEngine(instance, images, report);
  const sandboxd = createSandboxdClient({ url, token });
  await report.step('Wait for sandboxd', () => untilReady(sandboxd));
  return {
    sandboxd,
    async release() {
      sandboxd.stop();
      if (!keep) await removeSandboxHost(instance);
    },
  };
}
