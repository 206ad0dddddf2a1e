import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureImages } from '#scripts/setup/images/ensure-images.ts';
import { defaultHostLimits } from '#scripts/setup/images/host-limits.ts';
import { loadEngine } from '#scripts/setup/images/load-engine.ts';
import type { Reporter } from '#scripts/setup/images/reporter.ts';
import { removeSandboxHost, startSandboxHost } from '#scripts/setup/images/sandbox-host.ts';
import { createSandboxdClient, type SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { inFreshSandbox } from './proof-sandbox.ts';
import { proveLimits } from './prove-limits.ts';

export interface ProofHost {
  sandboxd: SandboxdClient;
  release(): Promise<void>;
}

/** Ready means that it hands out sandboxes: its engine is up, the lab image loaded, the network rules in place. */
async function untilReady(sandboxd: SandboxdClient): Promise<void> {
  const deadline = Date.now() + proveLimits.hostReadyMs;
  for (;;) {
    try {
      await inFreshSandbox(sandboxd, false, async () => {});
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(proveLimits.claimPauseMs);
    }
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
  await report.step('Wait for the first sandbox', () => untilReady(sandboxd));
  return {
    sandboxd,
    async release() {
      sandboxd.stop();
      if (!keep) await removeSandboxHost(instance);
    },
  };
}
