import type { PreflightStatus } from '#domain/protocol/preflight.ts';

/**
 * What /readyz shows: whether sandboxes are given away now. A full host is ready: it gives places in the queue, and the next
 * sandbox to the first in line. Nothing in it is secret.
 */
export interface Readiness {
  ready: boolean;
  engine: 'up' | 'down';
  labImage: 'loaded' | 'missing' | 'unknown';
  preflight: PreflightStatus['state'];
  /** Whether the network fence holds. */
  network: 'fenced' | 'unfenced';
}

/** Never rejects. `labImage` throws while there is none. */
export async function readinessOf(of: {
  engineUp: boolean;
  labImage: () => Promise<string>;
  preflight: () => PreflightStatus['state'];
  fenced: () => boolean;
}): Promise<Readiness> {
  const labImage = of.engineUp
    ? await of.labImage().then(
        () => 'loaded' as const,
        () => 'missing' as const,
      )
    : 'unknown';
  const preflight = of.preflight();
  const network = of.fenced() ? 'fenced' : 'unfenced';
  const safe = network === 'fenced' && (preflight === 'passed' || preflight === 'accepted');
  return { ready: labImage === 'loaded' && safe, engine: of.engineUp ? 'up' : 'down', labImage, preflight, network };
}
